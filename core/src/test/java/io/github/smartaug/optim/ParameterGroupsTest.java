package io.github.smartaug.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartaug.optim.ParameterGroups.Group;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ParameterGroupsTest {
  private static final Group VECTORS =
      Group.ofVectors("vectors", Map.of(Hyperparameters.WEIGHT_DECAY, 0.0));

  @Test
  void a_group_is_updated_with_its_own_hyperparameters_and_the_rest_with_the_common_ones() {
    DifferentiableSgd sgd = new DifferentiableSgd();
    ParameterGroups groups = new ParameterGroups(sgd, List.of(VECTORS));
    Hyperparameters common = decaying(groups.defaults());
    try (TensorScope scope = TensorScope.open()) {
      DifferentiableOptimizer.Update update = twoUpdates(groups, parameters(), common);
      DifferentiableOptimizer.Update decayed =
          twoUpdates(sgd, parameters(), decaying(sgd.defaults()));
      DifferentiableOptimizer.Update spared =
          twoUpdates(
              sgd, parameters(), decaying(sgd.defaults()).with(Hyperparameters.WEIGHT_DECAY, 0));

      assertThat(update.parameters().names()).containsExactly("bias", "weight");
      assertThat(values(update, "weight")).containsExactly(values(decayed, "weight"));
      assertThat(values(update, "bias"))
          .containsExactly(values(spared, "bias"))
          .isNotEqualTo(values(decayed, "bias"));
    }
  }

  @Test
  void the_state_has_one_entry_per_parameter_and_none_where_a_group_needs_none() {
    Group still =
        new Group("still", (name, value) -> name.equals("weight"), Map.of("momentum", 0.0));
    ParameterGroups groups = new ParameterGroups(new DifferentiableSgd(), List.of(still));
    try (TensorScope scope = TensorScope.open()) {
      OptimizerState all =
          twoUpdates(
                  new ParameterGroups(new DifferentiableSgd(), List.of(VECTORS)),
                  parameters(),
                  decaying(groups.defaults()))
              .state();
      OptimizerState some = twoUpdates(groups, parameters(), decaying(groups.defaults())).state();

      assertThat(all.steps()).isEqualTo(2);
      assertThat(all.slots().get("momentum_buffer").names())
          .containsExactlyInAnyOrder("bias", "weight");
      assertThat(some.slots().get("momentum_buffer").names()).containsExactly("bias");
    }
  }

  @Test
  void the_hyperparameter_of_a_group_can_be_changed_and_learned_under_its_name() {
    ParameterGroups groups = new ParameterGroups(new DifferentiableSgd(), List.of(VECTORS));
    try (TensorScope scope = TensorScope.open()) {
      Tensor decay = Tensors.of(new double[] {0.1}).requires_grad_(true);
      Hyperparameters learned =
          groups
              .defaults()
              .with(Hyperparameters.LEARNING_RATE, 0.5)
              .with("vectors/weight_decay", Hyperparameter.learned(decay));
      NamedTensors parameters = parameters();

      DifferentiableOptimizer.Update update =
          groups.update(parameters, gradients(), OptimizerState.initial(), learned);
      Tensor sum = update.parameters().get("bias").sum();
      Tensor derivative = Tensors.gradients(sum, NamedTensors.of("decay", decay)).get("decay");

      // d/d(decay) of b - rate * (g + decay * b)
      assertThat(Tensors.item(derivative)).isEqualTo(-0.5 * (3 - 1));
      assertThat(update.parameters().get("weight").requires_grad()).isFalse();
    }
  }

  @Test
  void the_first_group_that_takes_a_parameter_has_it() {
    Group all = new Group("all", (name, value) -> true, Map.of(Hyperparameters.LEARNING_RATE, 0.0));
    ParameterGroups groups = new ParameterGroups(new DifferentiableSgd(), List.of(all, VECTORS));
    try (TensorScope scope = TensorScope.open()) {
      DifferentiableOptimizer.Update update =
          twoUpdates(groups, parameters(), decaying(groups.defaults()));

      assertThat(values(update, "bias")).containsExactly(3, -1);
    }
  }

  @Test
  void unknown_hyperparameters_and_groups_of_one_name_are_refused() {
    Group wrong = Group.ofVectors("vectors", Map.of("beta1", 0.5));

    assertThatThrownBy(() -> new ParameterGroups(new DifferentiableSgd(), List.of(wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "parameter group \"vectors\": no hyperparameter \"beta1\", allowed: ");
    assertThatThrownBy(
            () -> new ParameterGroups(new DifferentiableSgd(), List.of(VECTORS, VECTORS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter groups: two of the same name, allowed: different names");
  }

  private static Hyperparameters decaying(Hyperparameters defaults) {
    return defaults
        .with(Hyperparameters.LEARNING_RATE, 0.1)
        .with(Hyperparameters.MOMENTUM, 0.9)
        .with(Hyperparameters.WEIGHT_DECAY, 0.2);
  }

  private static NamedTensors parameters() {
    return NamedTensors.of("bias", Tensors.of(new double[] {3, -1}, 2))
        .with(NamedTensors.of("weight", Tensors.of(new double[] {1, 2}, 1, 2)));
  }

  private static NamedTensors gradients() {
    return NamedTensors.of("bias", Tensors.of(new double[] {0.3, 0.1}, 2))
        .with(NamedTensors.of("weight", Tensors.of(new double[] {-1, 0.4}, 1, 2)));
  }

  private static DifferentiableOptimizer.Update twoUpdates(
      DifferentiableOptimizer optimizer, NamedTensors parameters, Hyperparameters hyperparameters) {
    DifferentiableOptimizer.Update first =
        optimizer.update(parameters, gradients(), OptimizerState.initial(), hyperparameters);
    return optimizer.update(first.parameters(), gradients(), first.state(), hyperparameters);
  }

  private static double[] values(DifferentiableOptimizer.Update update, String name) {
    return Tensors.toDoubles(update.parameters().get(name));
  }
}
