package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.optim.DifferentiableOptimizer.Update;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Axis;
import io.github.smartaug.transform.MagnitudeRange;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.Rotate;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import io.github.smartaug.transform.Translate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleStepsTest {
  private static final double RATE = 0.1;

  @Test
  void what_is_the_same_along_two_axes_moves_by_the_mean_of_both_slopes() {
    // By ratios -0.2, 0.6 and -0.3: the first two go down together, by what the second says.
    double[] moved = step(new double[] {-0.2, 0.6, -0.3}, new int[] {1, 0, 2});

    assertThat(moved[0]).isCloseTo(moved[1], within(1e-12));
    double alone = step(new double[] {0.2, 0.2, -0.3}, new int[] {0, 1, 2})[0];
    assertThat(moved[0]).isCloseTo(alone, within(1e-12)).isCloseTo(-RATE, within(1e-6));
    assertThat(moved[2]).isCloseTo(RATE, within(1e-6));
  }

  /** How far the logarithms of three scales go in the first step. */
  private static double[] step(double[] byRatio, int[] counterparts) {
    try (TensorScope scope = TensorScope.open()) {
      double[] scales = {0.1, 0.4, 0.3};
      double[] before = Arrays.copyOf(scales, byRatio.length);
      double[] gradient = new double[before.length];
      Arrays.setAll(gradient, i -> byRatio[i] / before[i]);
      ScaleSteps steps = new ScaleSteps(0, counterparts);
      Update update =
          steps.update(
              NamedTensors.of("scale", Tensors.of(before, before.length)),
              NamedTensors.of("scale", Tensors.of(gradient, before.length)),
              OptimizerState.initial(),
              steps.defaults().with(Hyperparameters.LEARNING_RATE, RATE));
      double[] moved = Tensors.toDoubles(update.parameters().get("scale"));
      Arrays.setAll(moved, i -> Math.log(moved[i] / before[i]));
      return moved;
    }
  }

  @Test
  void a_policy_says_which_magnitudes_belong_together() {
    try (TensorScope scope = TensorScope.open()) {
      PolicyOptions options = PolicyOptions.learned(2).toBuilder().classes(2).build();
      LearnablePolicy policy =
          IndependentPolicy.initial(TransformSets.named("inverse-scale-wide"), options);
      List<String> names = policy.transforms().names();
      int size = names.size();

      int[] counterparts = policy.counterparts(LearnablePolicy.MAGNITUDES);

      for (String pair : new String[] {"Translate", "Shear"}) {
        int x = names.indexOf(pair + "X");
        int y = names.indexOf(pair + "Y");
        assertThat(counterparts[x]).isEqualTo(y);
        assertThat(counterparts[size + y]).isEqualTo(size + x);
      }
      int rotate = names.indexOf("Rotate");
      assertThat(counterparts[size + rotate]).isEqualTo(size + rotate);
      assertThat(policy.counterparts(LearnablePolicy.LOGITS)).isEmpty();
    }
  }

  @Test
  void transforms_of_other_ranges_do_not_belong_together() {
    var set = TransformSets.named("bad");
    for (String name : new String[] {"Translate", "BTranslate"}) {
      int other = set.alongOtherAxis(set.names().indexOf(name + "X")).orElseThrow();
      assertThat(set.names().get(other)).isEqualTo(name + "Y");
    }
    var apart =
        TransformSet.of(
            "apart",
            new NamedTransform("X", new Translate(Axis.X), MagnitudeRange.symmetric(3)),
            new NamedTransform("Y", new Translate(Axis.Y), MagnitudeRange.symmetric(4)),
            new NamedTransform("Turn", new Rotate(), MagnitudeRange.symmetric(3)));
    for (int t = 0; t < apart.size(); t++) {
      assertThat(apart.alongOtherAxis(t)).as(apart.names().get(t)).isEmpty();
    }
  }
}
