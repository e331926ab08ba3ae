package io.github.smartaug.transform;

/** An axis of an image. */
public enum Axis {
  /** Columns, to the right. */
  X,
  /** Rows, downwards. */
  Y
}
