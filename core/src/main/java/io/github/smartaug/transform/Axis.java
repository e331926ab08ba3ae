package io.github.smartaug.transform;

/** An image axis. */
public enum Axis {
  /** Along the width, to the right. */
  X,
  /** Along the height, downwards. */
  Y
}
