package io.github.smartaug.metric;

/**
 * How far a model's confidence is from its accuracy: the expected calibration error of Guo et al.,
 * "On calibration of modern neural networks", ICML 2017. The confidence of a prediction is the
 * probability of the predicted class. Predictions are put into 15 bins of equal width by their
 * confidence; a bin includes its upper end. The error is
 *
 * <pre>
 *   sum over bins of (predictions in the bin / all predictions) * |accuracy - mean confidence|
 * </pre>
 */
final class CalibrationError {
  private static final int BINS = 15;

  private final long[] counts = new long[BINS];
  private final long[] right = new long[BINS];
  private final double[] confidence = new double[BINS];

  /**
   * Adds a prediction.
   *
   * @param probability of the predicted class, in [0,1]; NaN goes to the lowest bin and makes the
   *     error NaN
   * @param correct whether it is the true class
   */
  public void add(double probability, boolean correct) {
    int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(probability * BINS) - 1));
    counts[bin]++;
    right[bin] += correct ? 1 : 0;
    confidence[bin] += probability;
  }

  /** The error, in [0,1]; NaN when empty. */
  public double value() {
    long all = 0;
    double gap = 0;
    for (int bin = 0; bin < BINS; bin++) {
      all += counts[bin];
      gap += Math.abs(right[bin] - confidence[bin]);
    }
    return gap / all;
  }
}
