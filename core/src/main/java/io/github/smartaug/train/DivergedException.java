package io.github.smartaug.train;

/** Training ran into numbers that are not finite. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DivergedException(String what, double value, int epoch, int step) {
    this(
        what
            + " became "
            + value
            + " in epoch "
            + epoch
            + ", step "
            + step
            + ": training has diverged, try a smaller learning rate");
  }

  private DivergedException(String message) {
    super(message);
  }

  /** Of meta steps that could not be done, so many in a row. */
  static DivergedException ofMetaSteps(String problem, int inRow, int epoch, int step) {
    return new DivergedException(
        "the policy cannot be learned: "
            + inRow
            + " meta steps in a row were skipped, the last in epoch "
            + epoch
            + ", step "
            + step
            + ", because "
            + problem
            + "; try a smaller learning rate or fewer inner steps");
  }

  /** Throws unless the value is finite. */
  static void requireFinite(String what, double value, int epoch, int step) {
    if (!Double.isFinite(value)) {
      throw new DivergedException(what, value, epoch, step);
    }
  }
}
