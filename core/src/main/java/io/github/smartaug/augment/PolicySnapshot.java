package io.github.smartaug.augment;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The parameters of a learned policy at a point of a run, as numbers.
 *
 * @param epoch number of epochs done, from 0
 * @param logits class by class
 * @param magnitudes class by class
 * @param temperature of the sampling distribution
 */
public record PolicySnapshot(
    int epoch, List<Double> logits, List<Double> magnitudes, double temperature) {
  /** Of a policy without parameters. */
  public static final PolicySnapshot NONE = new PolicySnapshot(0, List.of(), List.of(), 0);

  /** Copies the lists. */
  public PolicySnapshot {
    logits = List.copyOf(logits);
    magnitudes = List.copyOf(magnitudes);
  }

  static PolicySnapshot of(int epoch, NamedTensors parameters, double temperature) {
    return new PolicySnapshot(
        epoch,
        list(parameters.get(LearnablePolicy.LOGITS)),
        list(parameters.get(LearnablePolicy.MAGNITUDES)),
        temperature);
  }

  private static List<Double> list(Tensor tensor) {
    return Arrays.stream(Tensors.toDoubles(tensor)).boxed().toList();
  }

  /** The point at a fraction of the way to another one, on the straight line between them. */
  PolicySnapshot towards(PolicySnapshot other, double fraction) {
    return new PolicySnapshot(
        epoch,
        between(logits, other.logits, fraction),
        between(magnitudes, other.magnitudes, fraction),
        between(temperature, other.temperature, fraction));
  }

  private static List<Double> between(List<Double> from, List<Double> to, double fraction) {
    return IntStream.range(0, from.size())
        .mapToObj(i -> between(from.get(i), to.get(i), fraction))
        .toList();
  }

  private static double between(double from, double to, double fraction) {
    return from + fraction * (to - from);
  }

  /** That policy with these parameters, in the caller's scope. */
  LearnablePolicy applyTo(LearnablePolicy policy) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors like = policy.parameters();
      Map<String, Tensor> replaced = new LinkedHashMap<>();
      like.asMap().forEach((name, tensor) -> replaced.put(name, constant(values(name), tensor)));
      return policy.withParameters(scope.keep(NamedTensors.of(replaced)));
    }
  }

  private List<Double> values(String name) {
    return switch (name) {
      case LearnablePolicy.LOGITS -> logits;
      case LearnablePolicy.MAGNITUDES -> magnitudes;
      case LearnablePolicy.TEMPERATURE -> List.of(temperature);
      default -> throw new IllegalArgumentException("no policy parameter \"" + name + "\"");
    };
  }

  private static Tensor constant(List<Double> values, Tensor like) {
    double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
    return Tensors.constant(array, like, like.shape());
  }
}
