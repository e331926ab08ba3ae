package io.github.smartaug.train;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.augment.PolicyOptions.Repeats;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.augment.SequencePolicy;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import java.util.List;

/** Policies of an {@link ExpectationProblem} that learn by the score function. */
final class ScoreFunctionPolicies {
  private ScoreFunctionPolicies() {}

  /** All that differ in what an image can get. */
  static List<String> kinds() {
    return List.of(
        "independent 1",
        "independent 2",
        "independent 2 left-out",
        "sequence 1",
        "sequence 2",
        "sequence 2 left-out");
  }

  /**
   * A policy in float64 away from its start that learns all it can.
   *
   * @param kindAndLength such as {@code sequence 2}; a third word may say what becomes of repeats
   */
  static LearnablePolicy of(String kindAndLength) {
    String[] words = kindAndLength.split(" ", -1);
    boolean leftOut = words.length > 2 && words[2].equals(Repeats.LEFT_OUT.toString());
    PolicyOptions options =
        PolicyOptions.learned(Integer.parseInt(words[1])).toBuilder()
            .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
            .temperatureLearning(Learning.LEARNED)
            .repeats(leftOut ? Repeats.LEFT_OUT : Repeats.APPLIED)
            .build();
    return ExpectationProblem.inDoubles(
        words[0].equals("sequence")
            ? SequencePolicy.initial(ExpectationProblem.TRANSFORMS, options)
            : IndependentPolicy.initial(ExpectationProblem.TRANSFORMS, options));
  }

  /** The same policy with one number of a parameter changed. */
  static LearnablePolicy shifted(LearnablePolicy policy, String name, int i, double by) {
    double[] values = Tensors.toDoubles(policy.parameters().get(name));
    values[i] += by;
    return policy.withParameters(
        NamedTensors.of(name, Tensors.of(values, policy.parameters().get(name).shape())));
  }
}
