package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.options.OptionValues;
import io.github.smartaug.meta.PairedProbe;
import io.github.smartaug.meta.StepLength;
import io.github.smartaug.meta.Trial;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.train.MetaOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultEstimatorTest {
  @Test
  void a_policy_is_tried_transform_by_transform() {
    assertThat(meta(Map.of()).estimator()).isEqualTo(new Trial(48));
  }

  @Test
  void sequences_and_policies_per_class_are_probed_with_the_length_held() {
    for (Map<String, String> words :
        List.of(Map.of("augment", "sequence"), Map.of("per-class", "true"))) {
      MetaOptions meta = meta(words);
      assertThat(meta.estimator()).isEqualTo(new PairedProbe(20));
      assertThat(meta.stepLength()).isEqualTo(StepLength.HELD);
      assertThat(meta.choiceRule()).isInstanceOf(MetaOptions.ChoiceRule.Evidence.class);
    }
  }

  private static MetaOptions meta(Map<String, String> words) {
    return OptionValues.parse(words, "test")
        .options()
        .toTrainingOptions(new int[10], Precision.FLOAT32)
        .meta();
  }
}
