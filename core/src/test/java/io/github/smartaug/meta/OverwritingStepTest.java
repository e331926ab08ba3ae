package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.meta.InnerStep.Outcome;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps from a state that nobody needs any more. */
class OverwritingStepTest {
  private static final Hyperparameters SGD =
      new DifferentiableSgd()
          .defaults()
          .with(Hyperparameters.LEARNING_RATE, 0.1)
          .with(Hyperparameters.MOMENTUM, 0.9)
          .with(Hyperparameters.WEIGHT_DECAY, 0.01);

  /** Both parameters have the same gradient, which libtorch may give as one tensor. */
  private static final InnerObjective LOSS =
      InnerObjective.of((parameters, meta) -> sum(parameters).square().sum());

  private static Tensor sum(NamedTensors parameters) {
    return parameters.get("a").add(parameters.get("b"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void they_give_the_bits_of_plain_steps(boolean clips) {
    try (TensorScope scope = TensorScope.open()) {
      InnerStep step = step(clips);
      InnerState plain = start();
      InnerState overwritten = start();
      for (int t = 0; t < 5; t++) {
        Outcome expected = step.plain(plain, LOSS, NamedTensors.empty(), SGD);
        Outcome outcome = step.overwriting(overwritten, LOSS, NamedTensors.empty(), SGD);
        plain = expected.state();
        overwritten = outcome.state();
        assertThat(values(overwritten)).isEqualTo(values(plain));
        assertThat(outcome.loss()).isEqualTo(expected.loss());
        assertThat(outcome.gradientNorm()).isEqualTo(expected.gradientNorm());
      }
      assertThat(overwritten.optimizer().steps()).isEqualTo(5);
    }
  }

  @Test
  void plain_steps_leave_the_state_before_as_it_was_and_overwriting_ones_do_not() {
    try (TensorScope scope = TensorScope.open()) {
      InnerState state = start();
      double[] before = values(state);

      step(true).plain(state, LOSS, NamedTensors.empty(), SGD);
      assertThat(values(state)).isEqualTo(before);

      Outcome outcome = step(true).overwriting(state, LOSS, NamedTensors.empty(), SGD);
      assertThat(Tensors.toDoubles(state.parameters().get("a")))
          .isEqualTo(Tensors.toDoubles(outcome.state().parameters().get("a")))
          .isNotEqualTo(new double[] {before[0], before[1], before[2]});
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void a_loss_that_is_not_finite_leaves_the_state_as_it_was(double factor) {
    try (TensorScope scope = TensorScope.open()) {
      InnerState state = step(true).plain(start(), LOSS, NamedTensors.empty(), SGD).state();
      double[] before = values(state);
      InnerObjective broken =
          InnerObjective.of((parameters, meta) -> sum(parameters).sum().mul(new Scalar(factor)));

      Outcome outcome = step(true).overwriting(state, broken, NamedTensors.empty(), SGD);

      assertThat(outcome.gradientNorm()).isNotFinite();
      assertThat(values(state)).isEqualTo(before);
    }
  }

  private static InnerStep step(boolean clips) {
    return new InnerStep(
        new DifferentiableSgd(), clips ? Optional.of(new GradientClipping(1)) : Optional.empty());
  }

  private static InnerState start() {
    NamedTensors parameters =
        NamedTensors.of("a", Tensors.of(new double[] {1.5, -2, 0.3}, 3))
            .with(NamedTensors.of("b", Tensors.of(new double[] {0.1, 0.2, 0.7}, 3)));
    return new InnerState(parameters, OptimizerState.initial(), NamedTensors.empty());
  }

  /** Of the parameters, then of the optimizer. */
  private static double[] values(InnerState state) {
    return state.parameters().with(state.optimizer().tensors()).tensors().stream()
        .flatMapToDouble(tensor -> Arrays.stream(Tensors.toDoubles(tensor)))
        .toArray();
  }
}
