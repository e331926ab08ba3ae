package io.github.smartaug.metric;

/**
 * How well one class is recognised, as scikit-learn defines it with {@code zero_division=0}.
 *
 * @param support number of images of the class
 * @param predicted number of images that were predicted to be of the class
 * @param precision share of the predicted images that are of the class; 0 if none was predicted
 * @param recall share of the class's images that were recognised; 0 if there are none
 * @param f1 harmonic mean of precision and recall, {@code 2 right / (support + predicted)}; 0 if
 *     there is neither
 */
public record ClassScores(
    long support, long predicted, double precision, double recall, double f1) {
  static ClassScores of(long support, long predicted, long right) {
    return new ClassScores(
        support,
        predicted,
        share(right, predicted),
        share(right, support),
        share(2 * right, support + predicted));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
