package io.github.smartaug.transform;

/** How the gradient of a transform with respect to its value is taken. */
public enum GradientKind {
  /** The true derivative, almost everywhere. */
  EXACT,
  /** A straight-through estimate: the derivative of a smooth stand-in. */
  STRAIGHT_THROUGH,
  /** None: the value cannot be learned, or there is no value. */
  NONE
}
