package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.ScaleUse;
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
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class ScaleStepsTest {
  private static final double RATE = 0.1;

  @Test
  void what_is_the_same_along_two_axes_moves_by_the_mean_of_both_slopes() {
    // By ratios -0.2, 0.6 and -0.3: the first two go down together, by what the second says.
    double[] moved = step(new double[] {-0.2, 0.6, -0.3}, new int[] {1, 0, 2}, new double[3]);

    assertThat(moved[0]).isCloseTo(moved[1], within(1e-12));
    double alone = step(new double[] {0.2, 0.2, -0.3}, new int[] {0, 1, 2}, new double[3])[0];
    assertThat(moved[0]).isCloseTo(alone, within(1e-12)).isCloseTo(-RATE, within(1e-6));
    assertThat(moved[2]).isCloseTo(RATE, within(1e-6));
  }

  @Test
  void a_scale_goes_down_by_as_much_as_it_is_used() {
    double[] slopes = {-0.2, 0.6, -0.3};
    int[] counterparts = {1, 0, 2};
    double[] moved = step(slopes, counterparts, new double[] {0.2, 0.8, 0.5});
    double[] bySlopes = step(slopes, counterparts, new double[3]);

    double[] used = {0.8, 0.8, 0.5};
    for (int i = 0; i < used.length; i++) {
      double down = RATE * ScaleSteps.PARSIMONY * used[i];
      assertThat(moved[i]).isCloseTo(bySlopes[i] - down, within(1e-12));
    }
  }

  @Test
  void where_nothing_is_known_of_strengths_they_stay_as_they_are() {
    double[] moved = step(new double[] {0, 0, -0.3}, new int[] {1, 0, 2}, new double[] {1, 1, 0});

    assertThat(moved[0]).isCloseTo(0, within(1e-12));
    assertThat(moved[1]).isCloseTo(0, within(1e-12));
    assertThat(moved[2]).isCloseTo(RATE, within(1e-6));
  }

  @Test
  void it_goes_down_less_as_more_has_been_seen_of_its_slope() {
    double[] used = path(0.8, 9);
    double[] unused = path(0, 9);

    double down = 0;
    for (int t = 1; t <= used.length; t++) {
      down += RATE * ScaleSteps.PARSIMONY * 0.8 / Math.sqrt(t);
      assertThat(used[t - 1]).isCloseTo(unused[t - 1] - down, within(1e-12));
    }
  }

  /** The logarithm of a scale that has that share after each step, its slope by ratios the same. */
  private static double[] path(double share, int length) {
    double[] path = new double[length];
    try (TensorScope scope = TensorScope.open()) {
      ScaleSteps steps = new ScaleSteps(0, new ScaleUse(new int[] {0}, new double[] {share}));
      NamedTensors scale = NamedTensors.of("scale", Tensors.of(new double[] {0.1}, 1));
      OptimizerState state = OptimizerState.initial();
      for (int t = 0; t < length; t++) {
        NamedTensors gradient = scale.map((Tensor s) -> s.reciprocal().mul(new Scalar(-0.1)));
        Update update = steps.update(scale, gradient, state, rate(steps));
        scale = update.parameters();
        state = update.state();
        path[t] = Math.log(Tensors.toDoubles(scale.get("scale"))[0]);
      }
    }
    return path;
  }

  @Test
  void a_slope_that_is_clear_outweighs_it() {
    double[] moved = step(new double[] {-0.2}, new int[] {0}, new double[] {0.5});

    assertThat(moved[0]).isCloseTo(RATE * (1 - ScaleSteps.PARSIMONY * 0.5), within(1e-6));
  }

  private static Hyperparameters rate(ScaleSteps steps) {
    return steps.defaults().with(Hyperparameters.LEARNING_RATE, RATE);
  }

  /** How far the logarithms of three scales go in the first step. */
  private static double[] step(double[] byRatio, int[] counterparts, double[] shares) {
    try (TensorScope scope = TensorScope.open()) {
      double[] scales = {0.1, 0.4, 0.3};
      double[] before = Arrays.copyOf(scales, byRatio.length);
      double[] gradient = new double[before.length];
      Arrays.setAll(gradient, i -> byRatio[i] / before[i]);
      ScaleSteps steps = new ScaleSteps(0, new ScaleUse(counterparts, shares));
      Update update =
          steps.update(
              NamedTensors.of("scale", Tensors.of(before, before.length)),
              NamedTensors.of("scale", Tensors.of(gradient, before.length)),
              OptimizerState.initial(),
              rate(steps));
      double[] moved = Tensors.toDoubles(update.parameters().get("scale"));
      Arrays.setAll(moved, i -> Math.log(moved[i] / before[i]));
      return moved;
    }
  }

  @Test
  void a_policy_says_which_magnitudes_belong_together_and_how_many_images_they_are_for() {
    try (TensorScope scope = TensorScope.open()) {
      PolicyOptions options = PolicyOptions.learned(2).toBuilder().classes(2).build();
      LearnablePolicy uniform =
          IndependentPolicy.initial(TransformSets.named("inverse-scale-wide"), options);
      List<String> names = uniform.transforms().names();
      int size = names.size();
      double[] logits = Tensors.toDoubles(uniform.parameters().get(LearnablePolicy.LOGITS));
      int rotate = names.indexOf("Rotate");
      logits[size + rotate] += 100;
      LearnablePolicy policy =
          uniform.withParameters(
              NamedTensors.of(
                  LearnablePolicy.LOGITS, Tensors.of(logits, 2, size).to(ScalarType.Float)));

      ScaleUse use = policy.scaleUse(LearnablePolicy.MAGNITUDES).orElseThrow();

      for (String pair : new String[] {"Translate", "Shear"}) {
        int x = names.indexOf(pair + "X");
        int y = names.indexOf(pair + "Y");
        assertThat(use.counterparts()[x]).isEqualTo(y);
        assertThat(use.counterparts()[size + y]).isEqualTo(size + x);
      }
      assertThat(use.counterparts()[rotate]).isEqualTo(rotate);
      double onceInTwo = 1 - Math.pow(1 - 1.0 / size, 2);
      assertThat(use.shares()[rotate]).isCloseTo(onceInTwo, within(1e-6));
      assertThat(use.shares()[size + rotate]).isCloseTo(1, within(1e-6));
      // A flip has no strength.
      assertThat(use.shares()[names.indexOf("FlipUD")]).isZero();
      assertThat(policy.scaleUse(LearnablePolicy.LOGITS)).isEmpty();
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
