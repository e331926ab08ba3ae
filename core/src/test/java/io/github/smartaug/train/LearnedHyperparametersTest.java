package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.ParameterGroups;
import io.github.smartaug.optim.Schedule;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnedHyperparametersTest {
  private static final InnerOptimizer ALL =
      InnerOptimizer.sgd(0.05)
          .learning(
              Hyperparameters.LEARNING_RATE,
              Hyperparameters.MOMENTUM,
              Hyperparameters.WEIGHT_DECAY);

  @Test
  void they_start_where_the_optimizer_does() {
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Double> values = LearnedHyperparameters.initial(ALL).values();

      assertThat(values).containsOnlyKeys("learning_rate", "momentum", "weight_decay");
      assertThat(values.get("learning_rate")).isCloseTo(0.05, within(1e-8));
      assertThat(values.get("momentum")).isCloseTo(0.9, within(1e-7));
      assertThat(values.get("weight_decay")).isCloseTo(5e-4, within(1e-10));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-30, -1, 1, 30})
  void no_step_leaves_the_allowed_range(double step) {
    try (TensorScope scope = TensorScope.open()) {
      LearnedHyperparameters start = LearnedHyperparameters.initial(ALL);
      NamedTensors moved = start.parameters().map(number -> number.add(new Scalar(step)));

      Map<String, Double> values = start.withParameters(start.project(moved)).values();

      assertThat(values.get("learning_rate")).isPositive();
      assertThat(values.get("weight_decay")).isPositive();
      assertThat(values.get("momentum")).isGreaterThan(0).isLessThan(1);
    }
  }

  @Test
  void the_schedule_multiplies_a_learned_rate_and_leaves_the_others_alone() {
    Schedule half = (epoch, epochs) -> 0.5;
    InnerOptions options =
        new InnerOptions(ALL, Optional.of(new GradientClipping(1)), half, new MixedLoss(1));
    try (TensorScope scope = TensorScope.open()) {
      LearnedHyperparameters learned = LearnedHyperparameters.initial(ALL);
      NamedTensors leaves = learned.parameters().asLeaves();

      Hyperparameters values = options.hyperparameters(0, 1, learned).from(leaves);

      assertThat(values.get(Hyperparameters.LEARNING_RATE).value()).isCloseTo(0.025, within(1e-8));
      assertThat(values.get(Hyperparameters.MOMENTUM).value()).isCloseTo(0.9, within(1e-7));
      // The derivative of the exponential is the value itself.
      Tensor rate = values.get(Hyperparameters.LEARNING_RATE).times(Tensors.of(new float[] {1}));
      assertThat(Tensors.item(Tensors.gradients(rate, leaves).get("hyperparameter/learning_rate")))
          .isCloseTo(0.025, within(1e-8));
    }
  }

  @Test
  void hyperparameters_of_parameter_groups_can_be_learned_and_follow_the_schedule() {
    ParameterGroups groups =
        new ParameterGroups(
            new DifferentiableSgd(),
            List.of(
                ParameterGroups.Group.ofVectors(
                    "vectors", Map.of(Hyperparameters.LEARNING_RATE, 0.2))));
    InnerOptimizer optimizer =
        new InnerOptimizer(groups, groups.defaults()).learning("vectors/learning_rate");
    InnerOptions options =
        new InnerOptions(optimizer, Optional.empty(), (epoch, epochs) -> 0.5, new MixedLoss(1));
    try (TensorScope scope = TensorScope.open()) {
      LearnedHyperparameters learned = LearnedHyperparameters.initial(optimizer);

      Hyperparameters values = options.hyperparameters(0, 1, learned).from(learned.parameters());

      assertThat(values.get("vectors/learning_rate").value()).isCloseTo(0.1, within(1e-8));
      assertThat(values.get("learning_rate").value()).isEqualTo(0.0005);
    }
  }

  @Test
  void what_cannot_be_learned_is_refused() {
    DifferentiableAdam adam = new DifferentiableAdam();
    assertThatThrownBy(() -> new InnerOptimizer(adam, adam.defaults(), Set.of("momentum")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "hyperparameter \"momentum\" cannot be learned: the optimizer has only ");
    assertThatThrownBy(() -> new InnerOptimizer(adam, adam.defaults(), Set.of("weight_decay")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight_decay is 0, allowed if it is learned: above 0");
    assertThatThrownBy(() -> InnerOptimizer.sgd(0.1).learning("dampening"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dampening");
  }
}
