package io.github.smartaug.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExamplesTest {
  @Test
  void the_rare_class_gets_the_largest_weight() {
    double[] weights = new ClassWeights().learn(60);

    assertThat(weights[2]).isGreaterThan(1.5 * weights[0]).isGreaterThan(1.5 * weights[1]);
  }

  @Test
  void adaptation_to_a_few_points_of_a_wave_gets_better_over_the_tasks() {
    double[] losses = new SineAdaptation().learn(400);

    assertThat(SineAdaptation.mean(losses, 300)).isLessThan(0.8 * SineAdaptation.mean(losses, 0));
  }
}
