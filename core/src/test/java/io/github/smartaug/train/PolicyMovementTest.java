package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyMovementTest {
  private TensorScope scope;

  @BeforeEach
  void openScope() {
    scope = TensorScope.open();
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  /** The first logit and the first magnitude are moved by that. */
  private static Augmenter moved(double logit, double magnitude) {
    Augmenter policy = SmallRun.policy();
    NamedTensors parameters =
        policy
            .learnedParameters()
            .map((name, tensor) -> first(tensor, name.contains("logit") ? logit : magnitude));
    return policy.withParameters(parameters);
  }

  private static Tensor first(Tensor tensor, double difference) {
    double[] values = Tensors.toDoubles(tensor);
    values[0] += difference;
    return Tensors.constant(values, tensor, tensor.shape());
  }

  @Test
  void a_policy_that_stayed_did_not_move() {
    assertThat(PolicyMovement.between(SmallRun.policy(), SmallRun.policy()))
        .isEqualTo(new PolicyMovement(0, 0, 0));
  }

  @Test
  void the_largest_differences_are_found_whatever_their_sign() {
    PolicyMovement movement = PolicyMovement.between(SmallRun.policy(), moved(-0.05, -0.08));
    int transforms = PolicyReports.of(SmallRun.policy()).size();
    double lowered = Math.exp(-0.05) / (Math.exp(-0.05) + transforms - 1);

    assertThat(movement.parameters()).isCloseTo(0.08, within(1e-6));
    assertThat(movement.magnitude()).isCloseTo(0.08, within(1e-6));
    assertThat(movement.probability()).isCloseTo(1.0 / transforms - lowered, within(1e-6));
    assertThat(movement.isSmall()).isTrue();
    assertThat(movement.sentence())
        .startsWith("the policy barely moved (probabilities by at most 0.")
        .contains("magnitudes by at most 0.08)");
  }

  @Test
  void either_a_logit_or_a_magnitude_makes_a_movement_that_counts() {
    Augmenter start = SmallRun.policy();

    assertThat(PolicyMovement.between(start, moved(0.2, 0)).isSmall()).isFalse();
    assertThat(PolicyMovement.between(start, moved(0, -0.2)).isSmall()).isFalse();
  }
}
