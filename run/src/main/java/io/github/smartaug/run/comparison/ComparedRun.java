package io.github.smartaug.run.comparison;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A finished run, as far as it can be compared with others.
 *
 * @param name such as that of its folder
 * @param configuration what distinguishes it from runs that differ by more than chance: its options
 *     but for the seed and what leaves the result as it is
 * @param seed empty if it is not known
 * @param accuracy on the test set, in [0,1]
 * @param secondsPerEpoch mean; NaN if it is not known
 * @param memoryBytes peak; NaN if it is not known
 * @param curve one point per epoch
 */
public record ComparedRun(
    String name,
    Map<String, String> configuration,
    String seed,
    double accuracy,
    double secondsPerEpoch,
    double memoryBytes,
    List<Point> curve) {
  /** Copies map and list. */
  public ComparedRun {
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
    curve = List.copyOf(curve);
  }

  /**
   * An epoch; what is not known is NaN.
   *
   * @param epoch from 1
   * @param trainLoss mean over the steps
   * @param validationLoss mean cross-entropy
   * @param testAccuracy in [0,1]
   */
  public record Point(int epoch, double trainLoss, double validationLoss, double testAccuracy) {}
}
