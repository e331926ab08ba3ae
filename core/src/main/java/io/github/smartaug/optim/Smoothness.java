package io.github.smartaug.optim;

/** How an update depends on the gradient. */
public enum Smoothness {
  /** Differentiable, but for square roots at zero. */
  SMOOTH,
  /** Differentiable except where cases meet, such as in a maximum. */
  PIECEWISE,
  /** Constant between jumps: its derivative is zero and says nothing. */
  STEPS
}
