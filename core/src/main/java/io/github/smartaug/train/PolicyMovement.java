package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How far a policy is from where it began.
 *
 * @param parameters largest difference of a learned number: a logit, a magnitude, the temperature
 * @param probability largest difference of the probability of a transform
 * @param magnitude largest difference of the magnitude of a transform
 */
public record PolicyMovement(double parameters, double probability, double magnitude) {
  /** A logit that moved by less changes its probability by less than a tenth. */
  private static final double SMALL = 0.1;

  /** From one state of a policy to a later one. */
  public static PolicyMovement between(Augmenter before, Augmenter after) {
    List<TransformReport> first = PolicyReports.of(before);
    List<TransformReport> last = PolicyReports.of(after);
    return new PolicyMovement(
        largestOfParameters(before.learnedParameters(), after.learnedParameters()),
        largest(first, last, TransformReport::probability),
        largest(first, last, TransformReport::magnitude));
  }

  private static double largestOfParameters(NamedTensors before, NamedTensors after) {
    double largest = 0;
    for (String name : before.names()) {
      double[] from = Tensors.toDoubles(before.get(name));
      double[] to = Tensors.toDoubles(after.get(name));
      for (int i = 0; i < from.length; i++) {
        largest = Math.max(largest, Math.abs(to[i] - from[i]));
      }
    }
    return largest;
  }

  private static double largest(
      List<TransformReport> before,
      List<TransformReport> after,
      ToDoubleFunction<TransformReport> value) {
    double largest = 0;
    for (int t = 0; t < before.size(); t++) {
      double moved = value.applyAsDouble(after.get(t)) - value.applyAsDouble(before.get(t));
      largest = Math.max(largest, Math.abs(moved));
    }
    return largest;
  }

  /** Whether the policy is so near to where it began that its order is mostly chance. */
  public boolean isSmall() {
    return parameters < SMALL;
  }

  /** For people, if it is small. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "the policy barely moved (probabilities by at most %.2f percentage points, magnitudes by at"
            + " most %.2f), so its order is mostly chance: more epochs or images teach it more",
        100 * probability,
        magnitude);
  }
}
