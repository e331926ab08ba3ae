package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.meta.OuterObjective;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The score function's hypergradient is the derivative of an expectation that can be summed up. */
class ScoreFunctionTest {
  @ParameterizedTest
  @MethodSource("io.github.smartaug.train.ScoreFunctionPolicies#kinds")
  void its_mean_over_all_draws_is_the_derivative_of_the_expectation(String kind) {
    try (TensorScope scope = TensorScope.open()) {
      ExpectationProblem problem = new ExpectationProblem();
      LearnablePolicy policy = ScoreFunctionPolicies.of(kind);
      Map<String, double[]> mean = meanGradient(problem, policy, 1, problem.linearOuter(), 0.5);
      Map<String, double[]> exact =
          Expectation.derivative(problem, policy, 1, problem.linearOuter(), 0.5);
      assertThat(mean.keySet()).containsExactly("logits", "magnitudes", "temperature");
      for (String name : mean.keySet()) {
        assertThat(largest(exact.get(name))).as(name).isGreaterThan(1e-4);
        assertThat(mean.get(name)).as(name).containsExactly(exact.get(name), within(1e-8));
      }
    }
  }

  /** The later loss depends on the draws as well, a little: by a step's length. */
  @Test
  void over_several_steps_its_bias_shrinks_with_the_learning_rate() {
    try (TensorScope scope = TensorScope.open()) {
      ExpectationProblem problem = new ExpectationProblem();
      LearnablePolicy policy = ScoreFunctionPolicies.of("independent 1");
      OuterObjective validation = problem.validation(policy);
      double atLarge = relativeBias(problem, policy, validation, 0.02);
      double atSmall = relativeBias(problem, policy, validation, 0.002);
      assertThat(atLarge).isLessThan(0.03);
      assertThat(atSmall).isLessThan(0.15 * atLarge);
    }
  }

  private static double relativeBias(
      ExpectationProblem problem, LearnablePolicy policy, OuterObjective outer, double rate) {
    double[] mean = meanGradient(problem, policy, 2, outer, rate).get("logits");
    double[] exact = Expectation.derivative(problem, policy, 2, outer, rate).get("logits");
    double[] difference = new double[mean.length];
    Arrays.setAll(difference, i -> mean[i] - exact[i]);
    return largest(difference) / largest(exact);
  }

  /** As a training run draws: the mean of 1500 draws within 4 of its standard errors. */
  @ParameterizedTest
  @ValueSource(strings = {"independent 2", "sequence 2"})
  void its_mean_over_many_random_draws_is_the_derivative_within_error_bars(String kind) {
    try (TensorScope scope = TensorScope.open()) {
      ExpectationProblem problem = new ExpectationProblem();
      LearnablePolicy policy = ScoreFunctionPolicies.of(kind);
      Map<String, double[]> exact =
          Expectation.derivative(problem, policy, 1, problem.linearOuter(), 0.5);
      RandomStream random = RandomStream.seeded(21);
      Map<String, Moments> moments = new LinkedHashMap<>();
      for (int draw = 0; draw < 1500; draw++) {
        try (TensorScope drawScope = TensorScope.open()) {
          NamedTensors gradient =
              problem
                  .hypergradient(
                      policy, List.of(problem.draw(policy, random)), problem.linearOuter(), 0.5)
                  .gradient();
          gradient
              .asMap()
              .forEach(
                  (name, tensor) ->
                      moments
                          .computeIfAbsent(name, n -> new Moments((int) tensor.numel()))
                          .add(Tensors.toDoubles(tensor)));
        }
      }
      moments.forEach((name, sampled) -> assertMeanIs(sampled, exact.get(name), name));
    }
  }

  private static void assertMeanIs(Moments sampled, double[] expected, String name) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(sampled.mean(i))
          .as("%s[%d], standard error %s", name, i, sampled.standardError(i))
          .isCloseTo(expected[i], within(4 * sampled.standardError(i) + 1e-12));
    }
  }

  /** The hypergradients of all draws, weighted by their probabilities. */
  private static Map<String, double[]> meanGradient(
      ExpectationProblem problem,
      LearnablePolicy policy,
      int steps,
      OuterObjective outer,
      double rate) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (List<Draws> draws : problem.allDraws(policy, steps)) {
      try (TensorScope scope = TensorScope.open()) {
        double probability =
            draws.stream()
                .mapToDouble(d -> Expectation.probability(policy, d))
                .reduce(1, (a, b) -> a * b);
        NamedTensors gradient = problem.hypergradient(policy, draws, outer, rate).gradient();
        gradient
            .asMap()
            .forEach(
                (name, tensor) -> {
                  double[] values = Tensors.toDoubles(tensor);
                  double[] sum = sums.computeIfAbsent(name, n -> new double[values.length]);
                  Arrays.setAll(sum, i -> sum[i] + probability * values[i]);
                });
      }
    }
    return sums;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }
}
