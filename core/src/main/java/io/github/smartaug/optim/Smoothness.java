package io.github.smartaug.optim;

/** How an update depends on the gradient. */
public enum Smoothness {
  /** Differentiable everywhere, except square roots at zero. */
  SMOOTH,
  /** Differentiable, except where two cases meet, such as in a maximum. */
  PIECEWISE,
  /** Constant between jumps. Its derivative is zero and carries no information. */
  STEPS
}
