package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.meta.BilevelCycle;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSet;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Meta steps along made-up hypergradients, without a model. In the caller's scope. */
final class MetaSteps {
  private MetaSteps() {}

  /** A policy of that many transforms, {@code T0}, {@code T1} and so on. */
  static IndependentPolicy policy(int transforms, PolicyOptions options) {
    String rows =
        IntStream.range(0, transforms)
            .mapToObj(
                t ->
                    "{\"name\": \"T%d\", \"function\": \"brightness\", \"param\": {\"min\": 0.3, \"max\": 0.9}}"
                        .formatted(t))
            .collect(Collectors.joining(",", "[", "]"));
    return IndependentPolicy.initial(TransformSet.parse("made up", rows, "test"), options);
  }

  /** A run that has not begun. */
  static MetaState start(Augmenter policy, InnerOptions inner) {
    return MetaState.initial(policy, inner.optimizer());
  }

  /**
   * Some plain gradient steps.
   *
   * @param rate of the steps
   * @param penaltyFactor of the policy's penalty in the hypergradients
   * @param hypergradients of the steps, from 0
   */
  static MetaState after(
      MetaState start,
      int steps,
      double rate,
      double penaltyFactor,
      IntFunction<NamedTensors> hypergradients) {
    MetaState state = start;
    for (int t = 0; t < steps; t++) {
      NamedTensors gradient = hypergradients.apply(t);
      NamedTensors moved =
          state
              .parameters()
              .learned()
              .map((name, value) -> value.sub(gradient.get(name), new Scalar(rate)));
      state =
          state.after(
              new BilevelCycle.MetaStep(
                  0,
                  Optional.empty(),
                  gradient,
                  new BilevelCycle.Meta(
                      state.parameters().project(moved), OptimizerState.initial())),
              penaltyFactor,
              1,
              1,
              t);
    }
    return state;
  }

  /** One parameter. */
  static NamedTensors of(String name, double... values) {
    return NamedTensors.of(name, float32(values));
  }

  /** A tensor of numbers in one row. */
  static Tensor float32(double... values) {
    return Tensors.of(values, values.length).to(ScalarType.Float);
  }
}
