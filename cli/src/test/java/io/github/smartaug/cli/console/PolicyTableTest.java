package io.github.smartaug.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.TransformSequence;
import io.github.smartaug.run.EpochReports;
import io.github.smartaug.train.LearningFindings;
import io.github.smartaug.train.LearningFindings.Finding;
import io.github.smartaug.train.TransformReport;
import io.github.smartaug.transform.MagnitudeRange;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.Transforms;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTableTest {
  private static final TransformSet SET =
      new TransformSet(
          "test",
          List.of(
              new NamedTransform("FlipLR", Transforms.named("flip-x")),
              new NamedTransform(
                  "Rotate", Transforms.named("rotate"), MagnitudeRange.symmetric(180))));

  @Test
  void transforms_come_by_probability_with_bars_relative_to_the_first() {
    assertThat(PolicyTable.lines(EpochReports.learned(1, 1).policy(), SET, LearningFindings.none()))
        .containsExactly(
            "  transform  probability                   magnitude  strength",
            "  FlipLR     75.00 % ####################     -",
            "  Rotate     25.00 % #######               0.50       -90 to 90 degrees");
  }

  @Test
  void what_of_a_transform_moved_beyond_noise_is_told_where_it_is_known() {
    List<Finding> findings =
        List.of(
            new Finding("logits", "FlipLR", -0.5, 1, -0.1, false),
            new Finding("logits", "Rotate", 6, 0.001, 0.5, true),
            new Finding("magnitudes", "Rotate", 5, 0.01, 0.2, true));
    assertThat(
            PolicyTable.lines(
                EpochReports.learned(1, 1).policy(),
                SET,
                new LearningFindings(findings, List.of())))
        .containsExactly(
            "  transform  probability                   magnitude  beyond noise            strength",
            "  FlipLR     75.00 % ####################     -       -",
            "  Rotate     25.00 % #######               0.50       probability, magnitude  -90 to 90"
                + " degrees");
  }

  @Test
  void where_losses_are_weighted_the_share_of_the_loss_is_told() {
    assertThat(
            PolicyTable.lines(
                List.of(
                    new TransformReport("Rotate", 0.25, 0.5, 0.05),
                    new TransformReport("FlipLR", 0.75, 1, 0.95)),
                SET,
                LearningFindings.none()))
        .containsExactly(
            "  transform  probability                   of loss  magnitude  strength",
            "  FlipLR     75.00 % ####################  95.00 %     -",
            "  Rotate     25.00 % #######                5.00 %  0.50       -90 to 90 degrees");
  }

  @Test
  void a_sequence_is_a_line_with_its_probability_and_its_transforms_in_order() {
    assertThat(
            PolicyTable.lines(
                List.of(
                    new TransformSequence(List.of("FlipLR", "Rotate"), 0.125),
                    new TransformSequence(List.of("Rotate", "Rotate"), 0.0625))))
        .containsExactly("  12.50 %  FlipLR, then Rotate", "   6.25 %  Rotate, then Rotate");
  }

  @Test
  void no_policy_has_no_table() {
    assertThat(PolicyTable.lines(List.of(), SET, LearningFindings.none())).isEmpty();
  }
}
