package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.train.MetaOptions.ChoiceRule;
import io.github.smartaug.transform.TransformSet;
import org.junit.jupiter.api.Test;

class ChoiceEvidenceTest {
  private static final MetaOptions OPTIONS =
      MetaOptions.recommended().toBuilder().choiceRule(new ChoiceRule.Evidence(0.5)).build();

  @Test
  void what_moved_beyond_noise_is_named_the_farthest_first() {
    assertThat(sentence(1.2, 0.4, 2.5, -0.1))
        .isEqualTo(
            "beyond noise, in standard deviations of evidence: more Contrast (3.0); less Solarize"
                + " (2.2); the others did not move beyond it");
    assertThat(sentence(2.1, 1, 2.5, 1))
        .isEqualTo(
            "beyond noise, in standard deviations of evidence: more Contrast (3.0), Identity (2.2);"
                + " the others did not move beyond it");
  }

  @Test
  void a_policy_that_only_drifted_is_said_to() {
    assertThat(sentence(1.9, 0.4, 1.5, 0.1)).startsWith("nothing was learned beyond noise");
  }

  @Test
  void there_is_none_where_choices_are_moved_by_another_rule_or_not_at_all() {
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy = policy();
      assertThat(ChoiceEvidence.of(policy, policy, MetaOptions.defaults(1))).isEmpty();
      MetaOptions still = OPTIONS.toBuilder().learningRate(0).build();
      assertThat(ChoiceEvidence.of(policy, policy, still)).isEmpty();
    }
  }

  private static String sentence(double... logits) {
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy before = policy();
      LearnablePolicy after =
          before.withParameters(
              NamedTensors.of(LearnablePolicy.LOGITS, Tensors.of(logits, logits.length)));
      return ChoiceEvidence.of(before, after, OPTIONS).orElseThrow().sentence();
    }
  }

  private static LearnablePolicy policy() {
    return IndependentPolicy.initial(
        TransformSet.parse(
            "four",
            """
            [{"name": "Identity", "function": "identity", "param": {}},
             {"name": "Brightness", "function": "brightness", "param": {"min": 0.3, "max": 0.9}},
             {"name": "Contrast", "function": "contrast", "param": {"min": 0.3, "max": 0.9}},
             {"name": "Solarize", "function": "solarize", "param": {"min": 0.3, "max": 0.9}}]
            """,
            "test"),
        PolicyOptions.learned(1));
  }
}
