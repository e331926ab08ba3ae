package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.ProbeDraws;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hypergradient of a paired probe is the derivative of an expectation, with little noise. */
class PairedProbeTest {
  @ParameterizedTest
  @MethodSource("io.github.smartaug.train.ScoreFunctionPolicies#kinds")
  void its_mean_over_all_draws_is_the_derivative_of_the_expectation(String kind) {
    try (TensorScope scope = TensorScope.open()) {
      ExpectationProblem problem = new ExpectationProblem();
      LearnablePolicy policy = ScoreFunctionPolicies.of(kind);
      Map<String, double[]> exact =
          Expectation.derivative(problem, policy, 1, problem.linearOuter(), 0.5);
      Map<String, double[]> mean = mean(problem, policy);
      assertThat(mean.keySet()).containsExactly("logits", "magnitudes", "temperature");
      for (String name : mean.keySet()) {
        assertThat(largest(exact.get(name))).as(name).isGreaterThan(1e-4);
        assertThat(mean.get(name)).as(name).containsExactly(exact.get(name), within(1e-8));
      }
    }
  }

  /** A probe of two images costs as much as three batches of two images with one transform each. */
  @ParameterizedTest
  @ValueSource(strings = {"independent 1", "independent 2"})
  void at_equal_cost_it_has_less_than_half_of_the_score_functions_variance(String kind) {
    try (TensorScope scope = TensorScope.open()) {
      ExpectationProblem problem = new ExpectationProblem();
      LearnablePolicy policy = ScoreFunctionPolicies.of(kind);
      RandomStream random = RandomStream.seeded(4);
      int draws = 400;
      int size = ExpectationProblem.TRANSFORMS.size();
      Moments ofProbe = new Moments(size);
      Moments ofScore = new Moments(size);
      for (int i = 0; i < draws; i++) {
        try (TensorScope drawScope = TensorScope.open()) {
          Draws once = problem.draw(policy, random);
          int[] varied = {random.nextInt(policy.length()), random.nextInt(policy.length())};
          ProbeDraws probe = ProbeDraws.of(once, varied, size);
          ofProbe.add(logits(problem.probed(policy, once, probe, problem.linearOuter(), 0.5)));
          ofScore.add(
              logits(
                  problem
                      .hypergradient(policy, List.of(once), problem.linearOuter(), 0.5)
                      .gradient()));
        }
      }
      double ratio = 0;
      for (int t = 0; t < size; t++) {
        // The variance of a mean of three batches is a third.
        double equalCost = Math.pow(ofScore.standardError(t), 2) / size;
        ratio = Math.max(ratio, Math.pow(ofProbe.standardError(t), 2) / equalCost);
      }
      assertThat(ratio).isLessThan(0.5);
    }
  }

  private static double[] logits(NamedTensors gradient) {
    return Tensors.toDoubles(gradient.get(LearnablePolicy.LOGITS));
  }

  /** Over all draws of the probe; the step's own do not matter to an outer loss that is linear. */
  private static Map<String, double[]> mean(ExpectationProblem problem, LearnablePolicy policy) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    List<int[]> positions = allPositions(policy.length());
    for (List<Draws> draws : problem.allDraws(policy, 1)) {
      double probability = Expectation.probability(policy, draws.get(0)) / positions.size();
      for (int[] varied : positions) {
        try (TensorScope scope = TensorScope.open()) {
          ProbeDraws probe =
              ProbeDraws.of(draws.get(0), varied, ExpectationProblem.TRANSFORMS.size());
          NamedTensors gradient =
              problem.probed(policy, draws.get(0), probe, problem.linearOuter(), 0.5);
          gradient.asMap().forEach((name, tensor) -> add(sums, name, probability, tensor));
        }
      }
    }
    return sums;
  }

  private static void add(
      Map<String, double[]> sums, String name, double factor, org.bytedeco.pytorch.Tensor tensor) {
    double[] values = Tensors.toDoubles(tensor);
    double[] sum = sums.computeIfAbsent(name, n -> new double[values.length]);
    Arrays.setAll(sum, i -> sum[i] + factor * values[i]);
  }

  /** Every position for the first image with every position for the second one. */
  private static List<int[]> allPositions(int length) {
    List<int[]> all = new ArrayList<>();
    for (int first = 0; first < length; first++) {
      for (int second = 0; second < length; second++) {
        all.add(new int[] {first, second});
      }
    }
    return all;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }
}
