package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.ParameterRole;
import io.github.smartaug.optim.DifferentiableOptimizer.Update;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class EvidenceSumTest {
  private static final int CHOICES = 200;
  private static final double STRENGTH = 0.5;
  private static final PolicyOptimizer OPTIMIZER =
      new PolicyOptimizer(
          Map.of("logits", ParameterRole.CHOICE, "scale", ParameterRole.SCALE),
          STRENGTH,
          0,
          new EvidenceSum(1),
          Map.of());
  private static final Hyperparameters HYPERPARAMETERS =
      OPTIMIZER.defaults().with(Hyperparameters.LEARNING_RATE, 0.1);

  @Test
  void two_steps_are_those_of_the_formula() {
    double[] first = {-0.3, 0.1, 0.2};
    double[] second = {0.4, -0.1, 0.0};
    double[] after = logits(new double[] {0, Math.log(2), 0}, 2, t -> t == 0 ? first : second);
    // P = 1/4, 1/2, 1/4 at the start.
    double[] a1 = ofRootSize(1.2, -0.2, -0.8);
    double v1 = meanSquare(a1);
    double[] moved = new double[3];
    Arrays.setAll(
        moved,
        i ->
            (i == 1 ? Math.log(2) : 0)
                + STRENGTH * a1[i] / Math.sqrt(5 * Math.max(v1, a1[i] * a1[i])));
    double normalizer = Arrays.stream(moved).map(Math::exp).sum();
    double[] a2 = new double[3];
    Arrays.setAll(a2, i -> -second[i] / (Math.exp(moved[i]) / normalizer));
    a2 = ofRootSize(a2);
    double v2 = v1 + meanSquare(a2);
    for (int i = 0; i < 3; i++) {
      double noise = Math.sqrt(3 * Math.max(v2, a1[i] * a1[i] + a2[i] * a2[i]));
      double expected = (i == 1 ? Math.log(2) : 0) + STRENGTH * (a1[i] + a2[i]) / noise;
      assertThat(after[i]).isCloseTo(expected, within(1e-12));
    }
  }

  private static double[] ofRootSize(double... advantages) {
    double root = Math.pow(meanSquare(advantages), 0.25);
    return Arrays.stream(advantages).map(a -> a / root).toArray();
  }

  private static double meanSquare(double[] values) {
    return Arrays.stream(values).map(a -> a * a).average().orElseThrow();
  }

  @Test
  void logits_that_nothing_speaks_for_stand_still() {
    double early = spread(logits(new double[CHOICES], 20, noise(1, 0)));
    double late = spread(logits(new double[CHOICES], 500, noise(1, 0)));
    assertThat(early).isBetween(0.7 * STRENGTH, 1.3 * STRENGTH);
    assertThat(late).isBetween(0.7 * STRENGTH, 1.3 * STRENGTH);
  }

  @Test
  void evidence_grows_with_the_root_of_the_number_of_steps() {
    double early = logits(new double[CHOICES], 100, noise(2, 0.5))[0];
    double late = logits(new double[CHOICES], 400, noise(2, 0.5))[0];
    assertThat(early).isBetween(3 * STRENGTH, 7 * STRENGTH);
    assertThat(late / early).isBetween(1.6, 2.6);
  }

  /** Else the noise of one would move it by several standard deviations of all. */
  @Test
  void what_is_noisier_than_the_others_is_measured_by_its_own_noise() {
    IntFunction<double[]> even = noise(3, 0);
    double largest = 0;
    for (int seed = 0; seed < 20; seed++) {
      RandomStream random = RandomStream.seeded(seed);
      double moved =
          logits(
              new double[CHOICES],
              100,
              step -> {
                double[] values = even.apply(step);
                values[0] = 30 * (random.nextDouble() - 0.5);
                return values;
              })[0];
      largest = Math.max(largest, Math.abs(moved));
    }
    assertThat(largest).isBetween(STRENGTH, 4 * STRENGTH);
  }

  @Test
  void a_scale_moves_by_the_same_ratio_from_wherever_it_is() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors scales = NamedTensors.of("scale", Tensors.of(new double[] {0.1, 0.4}, 2));
      NamedTensors gradients = NamedTensors.of("scale", Tensors.of(new double[] {0.2, -0.3}, 2));
      Update update =
          OPTIMIZER.update(scales, gradients, OptimizerState.initial(), HYPERPARAMETERS);
      double[] after = Tensors.toDoubles(update.parameters().get("scale"));
      assertThat(after[0]).isCloseTo(0.1 * Math.exp(-0.1), within(1e-6));
      assertThat(after[1]).isCloseTo(0.4 * Math.exp(0.1), within(1e-6));
    }
  }

  @Test
  void a_scale_turns_round_with_the_second_step_that_speaks_against_it() {
    double[] path = scales(10, 3);

    assertThat(path[9]).isGreaterThan(path[8]);
    assertThat(path[11]).isLessThan(path[10]);
    assertThat(path[12]).isLessThan(path[11]);
  }

  /** Where a scale is after each step, so many with a gradient of one sign, then of the other. */
  private static double[] scales(int rising, int falling) {
    double[] path = new double[rising + falling];
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors scale = NamedTensors.of("scale", Tensors.of(new double[] {0.1}, 1));
      OptimizerState state = OptimizerState.initial();
      for (int t = 0; t < path.length; t++) {
        // Divided by the scale, so that ratios have a gradient of 1.
        NamedTensors gradient = scale.map((Tensor s) -> s.reciprocal());
        boolean rises = t < rising;
        gradient = gradient.map((Tensor g) -> rises ? g.neg() : g);
        Update update = OPTIMIZER.update(scale, gradient, state, HYPERPARAMETERS);
        scale = update.parameters();
        state = update.state();
        path[t] = Tensors.toDoubles(scale.get("scale"))[0];
      }
    }
    return path;
  }

  @Test
  void at_another_temperature_an_advantage_is_that_of_what_is_drawn() {
    double[] logits = {0, 1, -1};
    double[] advantages = {0.6, -0.1, -0.5};
    double[][] moved = new double[2][];
    for (int i = 0; i < 2; i++) {
      double temperature = i == 0 ? 1 : 3;
      double normalizer = Arrays.stream(logits).map(l -> Math.exp(temperature * l)).sum();
      double[] gradient = new double[3];
      Arrays.setAll(gradient, t -> -advantages[t] * Math.exp(temperature * logits[t]) / normalizer);
      try (TensorScope scope = TensorScope.open()) {
        moved[i] =
            Tensors.toDoubles(
                new EvidenceSum(temperature)
                    .update(
                        NamedTensors.of("logits", Tensors.of(logits, 3)),
                        NamedTensors.of("logits", Tensors.of(gradient, 3)),
                        OptimizerState.initial(),
                        HYPERPARAMETERS)
                    .parameters()
                    .get("logits"));
      }
    }
    assertThat(moved[1]).containsExactly(moved[0], within(1e-12));
  }

  @Test
  void at_meta_learning_rate_0_choices_stay_where_they_are() {
    MetaOptions still = MetaOptions.recommended().toBuilder().learningRate(0).build();
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy = ScoreFunctionPolicies.of("independent 1");
      double[] before = Tensors.toDoubles(policy.parameters().get("logits"));
      NamedTensors gradients = policy.learnedParameters().map((Tensor t) -> t.mul(new Scalar(0.3)));
      Update update =
          still
              .optimizer(policy, UnaryOperator.identity())
              .update(policy.learnedParameters(), gradients, OptimizerState.initial());
      assertThat(Tensors.toDoubles(update.parameters().get("logits"))).containsExactly(before);
    }
  }

  /** Gradients whose natural gradient is noise of spread 1, but for the advantage of the first. */
  private static IntFunction<double[]> noise(long seed, double advantage) {
    RandomStream random = RandomStream.seeded(seed);
    return step -> {
      double[] values = random.doubles(CHOICES, -Math.sqrt(3), Math.sqrt(3)).toArray();
      values[0] += advantage;
      return values;
    };
  }

  /** Where logits are after some steps; past the first test, advantages are given themselves. */
  private static double[] logits(double[] start, int steps, IntFunction<double[]> values) {
    boolean advantages = start.length == CHOICES;
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters = NamedTensors.of("logits", Tensors.of(start, start.length));
      OptimizerState state = OptimizerState.initial();
      for (int t = 0; t < steps; t++) {
        double[] gradient = values.apply(t);
        if (advantages) {
          double[] probabilities = Tensors.toDoubles(parameters.get("logits").softmax(0));
          double[] natural = gradient;
          Arrays.setAll(gradient, i -> -natural[i] * probabilities[i]);
        }
        Update update =
            OPTIMIZER.update(
                parameters,
                NamedTensors.of("logits", Tensors.of(gradient, gradient.length)),
                state,
                HYPERPARAMETERS);
        parameters = update.parameters();
        state = update.state();
      }
      return Tensors.toDoubles(parameters.get("logits"));
    }
  }

  private static double spread(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }
}
