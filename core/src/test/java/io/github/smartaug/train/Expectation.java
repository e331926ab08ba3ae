package io.github.smartaug.train;

import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.SequencePolicy;
import io.github.smartaug.meta.OuterObjective;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The expected outer loss of an {@link ExpectationProblem}, summed up, and its derivative. */
final class Expectation {
  private static final double WIDTH = 1e-5;

  private Expectation() {}

  /** Central differences of the expectation of the outer loss. */
  static Map<String, double[]> derivative(
      ExpectationProblem problem,
      LearnablePolicy policy,
      int steps,
      OuterObjective outer,
      double rate) {
    Map<String, double[]> result = new LinkedHashMap<>();
    policy
        .learnedParameters()
        .asMap()
        .forEach(
            (name, tensor) -> {
              double[] values = Tensors.toDoubles(tensor);
              double[] differences = new double[values.length];
              for (int i = 0; i < values.length; i++) {
                double above =
                    expected(
                        problem,
                        ScoreFunctionPolicies.shifted(policy, name, i, WIDTH),
                        steps,
                        outer,
                        rate);
                double below =
                    expected(
                        problem,
                        ScoreFunctionPolicies.shifted(policy, name, i, -WIDTH),
                        steps,
                        outer,
                        rate);
                differences[i] = (above - below) / (2 * WIDTH);
              }
              result.put(name, differences);
            });
    return result;
  }

  private static double expected(
      ExpectationProblem problem,
      LearnablePolicy policy,
      int steps,
      OuterObjective outer,
      double rate) {
    return problem.expectation(
        policy,
        steps,
        draws -> {
          try (TensorScope scope = TensorScope.open()) {
            return problem.outerLoss(policy, draws, outer, rate);
          }
        },
        draws -> probability(policy, draws));
  }

  /** Of drawing these transforms, by the definition of the policy. */
  static double probability(LearnablePolicy policy, Draws draws) {
    double[] logits = Tensors.toDoubles(policy.parameters().get(LearnablePolicy.LOGITS));
    double temperature = policy.temperature();
    double normalizer = Arrays.stream(logits).map(p -> Math.exp(temperature * p)).sum();
    double product = 1;
    for (int i = 0; i < ExpectationProblem.IMAGES; i++) {
      int image = i;
      int[] own = Stream.of(draws.transforms()).mapToInt(position -> position[image]).toArray();
      int[] choices =
          policy instanceof SequencePolicy
              ? new int[] {Arrays.stream(own).reduce(0, (code, t) -> code * 3 + t)}
              : own;
      for (int choice : choices) {
        product *= Math.exp(temperature * logits[choice]) / normalizer;
      }
    }
    return product;
  }
}
