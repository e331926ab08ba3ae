package io.github.smartaug.augment;

/** How the probabilities of a policy get a gradient, which drawing a transform does not give. */
public enum ProbabilityGradient {
  /**
   * An image counts in the loss as much as the logits of what was drawn for it, relative to the
   * rest of the batch. Small variance, but not the gradient of an expectation.
   */
  LOSS_WEIGHT("loss-weight"),

  /**
   * The gradient of the expected loss: weights {@code P(s) / stop_gradient(P(s))}, whose value is 1
   * and whose gradient is that of {@code log P(s)}. Williams, "Simple statistical
   * gradient-following algorithms for connectionist reinforcement learning", Machine Learning 1992.
   *
   * <p>It is unbiased for the expected loss of an inner step and for its expected gradient. A
   * hypergradient multiplies that gradient by an adjoint, which depends a little on the same draws:
   * relative to the derivative of the expected outer loss, what remains is of the order of the
   * learning rate over the batch size, and zero where the outer loss is linear along the step.
   */
  SCORE_FUNCTION("score-function");

  private final String word;

  ProbabilityGradient(String word) {
    this.word = word;
  }

  /** The name in files and on the command line. */
  @Override
  public String toString() {
    return word;
  }
}
