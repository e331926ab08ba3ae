package io.github.smartaug.train;

/** Training ran into numbers that are not finite. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DivergedException(String what, double value, int epoch, int step) {
    super(
        what
            + " became "
            + value
            + " in epoch "
            + epoch
            + ", step "
            + step
            + ": training has diverged, try a smaller learning rate");
  }

  /** Throws unless the value is finite. */
  static void requireFinite(String what, double value, int epoch, int step) {
    if (!Double.isFinite(value)) {
      throw new DivergedException(what, value, epoch, step);
    }
  }
}
