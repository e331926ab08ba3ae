package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.meta.InnerStep.Outcome;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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

  private static final InnerObjective SEPARATE_GRADIENTS =
      InnerObjective.of(
          (parameters, meta) ->
              parameters.get("a").square().sum().add(parameters.get("b").exp().sum()));

  private static Tensor sum(NamedTensors parameters) {
    return parameters.get("a").add(parameters.get("b"));
  }

  static Stream<Arguments> losses() {
    return Stream.of(LOSS, SEPARATE_GRADIENTS)
        .flatMap(
            loss ->
                Stream.of(
                        Optional.<GradientClipping>empty(),
                        Optional.of(new GradientClipping(1)),
                        Optional.of(new GradientClipping(1000)))
                    .map(clipping -> Arguments.of(loss, clipping)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  void they_give_the_bits_of_plain_steps(InnerObjective loss, Optional<GradientClipping> clipping) {
    try (TensorScope scope = TensorScope.open()) {
      InnerStep step = new InnerStep(new DifferentiableSgd(), clipping);
      InnerState plain = start();
      InnerState overwritten = start();
      for (int t = 0; t < 5; t++) {
        Outcome expected = step.plain(plain, loss, NamedTensors.empty(), SGD);
        Outcome outcome = step.overwriting(overwritten, loss, NamedTensors.empty(), SGD);
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

      step().plain(state, LOSS, NamedTensors.empty(), SGD);
      assertThat(values(state)).isEqualTo(before);

      Outcome outcome = step().overwriting(state, LOSS, NamedTensors.empty(), SGD);
      assertThat(Tensors.toDoubles(state.parameters().get("a")))
          .isEqualTo(Tensors.toDoubles(outcome.state().parameters().get("a")))
          .isNotEqualTo(new double[] {before[0], before[1], before[2]});
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void a_loss_that_is_not_finite_leaves_the_state_as_it_was(double factor) {
    try (TensorScope scope = TensorScope.open()) {
      InnerState state = step().plain(start(), LOSS, NamedTensors.empty(), SGD).state();
      double[] before = values(state);
      InnerObjective broken =
          InnerObjective.of((parameters, meta) -> sum(parameters).sum().mul(new Scalar(factor)));

      Outcome outcome = step().overwriting(state, broken, NamedTensors.empty(), SGD);

      assertThat(outcome.gradientNorm()).isNotFinite();
      assertThat(values(state)).isEqualTo(before);
    }
  }

  @Test
  void gradients_that_a_callback_may_hold_are_left_as_they_are() {
    try (TensorScope scope = TensorScope.open();
        Arena arena = new Arena()) {
      List<Tensor> held = new ArrayList<>();
      InnerStep step =
          step()
              .withCallback(
                  gradients -> {
                    gradients
                        .tensors()
                        .forEach(gradient -> held.add(arena.hold(new Tensor(gradient))));
                    return gradients;
                  });
      step.overwriting(start(), SEPARATE_GRADIENTS, NamedTensors.empty(), SGD);

      assertThat(Tensors.toDoubles(held.get(0))).containsExactly(3, -4, 0.6);
    }
  }

  private static InnerStep step() {
    return new InnerStep(new DifferentiableSgd(), Optional.of(new GradientClipping(1)));
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
