package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialStepTest {
  private static final double SHARE = 0.5;

  /**
   * Of images of which nothing is left, the gradient is what all have in common: a shorter step,
   * and here in the best direction of all.
   */
  @Test
  void a_step_that_is_short_because_its_images_teach_nothing_is_not_made_as_long_as_others() {
    try (TensorScope scope = TensorScope.open()) {
      TrialStep step = new TrialStep(of(-1, 0), of(1, 1), of(1, 0));
      TrialStep.Mixed nothing = step.with(step.alternative(of(0, 0)), SHARE);
      TrialStep.Mixed something = step.with(step.alternative(of(0.5, 1)), SHARE);
      TrialStep.Mixed more = step.with(step.alternative(of(0.5, 1.2)), SHARE);
      assertThat(-nothing.along() / nothing.length())
          .isGreaterThan(-something.along() / something.length());

      double[] worth = step.worth(List.of(more, nothing, something));

      double ownLength = Math.sqrt(2);
      assertThat(worth[0]).isCloseTo(ownLength * ofUnit(more) / SHARE, within(1e-12));
      assertThat(worth[2]).isCloseTo(ownLength * ofUnit(something) / SHARE, within(1e-12));
      assertThat(worth[1])
          .isCloseTo(ownLength * nothing.along() / something.length() / SHARE, within(1e-12))
          .isGreaterThan(worth[0]);
    }
  }

  @Test
  void steps_that_go_nowhere_are_worth_nothing() {
    try (TensorScope scope = TensorScope.open()) {
      TrialStep step = new TrialStep(of(-1, 0), of(0, 0), of(0, 0));
      TrialStep.Mixed still = step.with(step.alternative(of(0, 0)), SHARE);
      assertThat(step.worth(List.of(still, still, still))).containsOnly(0);
      assertThat(step.worthOfOwnLength(List.of(still))).containsOnly(0);
    }
  }

  /** What a model knows already has a small gradient in a good direction. */
  @Test
  void at_the_share_that_it_is_drawn_with_a_weaker_one_need_not_lose_to_a_longer_step() {
    try (TensorScope scope = TensorScope.open()) {
      TrialStep step = new TrialStep(of(-1, 0), of(0.2, 0.2), of(0, 0));
      TrialStep.Alternative weaker = step.alternative(of(0.1, 0));
      TrialStep.Alternative stronger = step.alternative(of(1, 1));

      double[] few = step.worth(List.of(step.with(stronger, 0.1), step.with(weaker, 0.1)));
      double[] all = step.worthOfOwnLength(List.of(step.with(stronger, 1), step.with(weaker, 1)));

      assertThat(few[0]).isLessThan(few[1]);
      assertThat(all[0]).isGreaterThan(all[1]);
      assertThat(all[1]).isCloseTo(-0.2 * Math.sqrt(2), within(1e-12));
    }
  }

  private static double ofUnit(TrialStep.Mixed mixed) {
    return mixed.along() / mixed.length();
  }

  private static NamedTensors of(double x, double y) {
    return NamedTensors.of("parameter", Tensors.of(new double[] {x, y}, 2));
  }
}
