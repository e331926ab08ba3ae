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
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a policy learns from, the mean hypergradient over its random draws, is the slope of the mean
 * outer loss over other random draws, as a finite difference measures it: transforms and values are
 * drawn as in training, and nothing is summed up exactly.
 *
 * <p>After one inner step and with an outer loss that is linear in the parameters, the score
 * function has no bias (see {@link ScoreFunctionTest}); that of the central difference is of the
 * order of {@code h^2}. Both sides of a difference see the same uniform numbers, from which a
 * policy draws by inverting its cumulative distribution: for most draws the choice is the same, and
 * the spread grows with {@code 1/sqrt(h)} instead of {@code 1/h}.
 */
class MonteCarloDifferenceTest {
  private static final double LEARNING_RATE = 0.5;
  private static final double WIDTH = 0.1;
  private static final int HYPERGRADIENTS = 2500;

  private final ExpectationProblem problem = new ExpectationProblem();
  private final OuterObjective outer = problem.linearOuter();

  @Test
  void the_mean_hypergradient_of_sequences_is_the_slope_of_the_mean_loss_within_error_bars() {
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy = sequences();
      Map<String, Moments> hypergradients = hypergradients(policy);
      // Another magnitude changes every loss a little; the others change a few losses a lot.
      assertAgree(policy, LearnablePolicy.LOGITS, 4, 8_000, hypergradients);
      assertAgree(policy, LearnablePolicy.MAGNITUDES, 1, 400, hypergradients);
      assertAgree(policy, LearnablePolicy.TEMPERATURE, 0, 8_000, hypergradients);
    }
  }

  /** It knows already a little of what is good, so that its temperature matters. */
  private static LearnablePolicy sequences() {
    double[] logits = {-0.6, -0.6, -0.6, -0.6, 0.6, 0.6, -0.6, 0.6, -0.6};
    return ScoreFunctionPolicies.of("sequence 2")
        .withParameters(NamedTensors.of(LearnablePolicy.LOGITS, Tensors.of(logits, logits.length)));
  }

  private void assertAgree(
      LearnablePolicy policy,
      String parameter,
      int index,
      int draws,
      Map<String, Moments> hypergradients) {
    Moments learnedFrom = hypergradients.get(parameter);
    Moments slope = differences(policy, parameter, index, draws);
    double mean = learnedFrom.mean(index);
    double standardError = learnedFrom.standardError(index);
    String figures =
        String.format(
            Locale.ROOT,
            "%s[%d]: hypergradient %.6f +- %.6f, difference %.6f +- %.6f",
            parameter,
            index,
            mean,
            standardError,
            slope.mean(0),
            slope.standardError(0));
    double both = Math.hypot(standardError, slope.standardError(0));
    assertThat(mean).as(figures).isCloseTo(slope.mean(0), within(4 * both));
    assertThat(Math.abs(mean)).as(figures).isGreaterThan(5 * standardError);
    assertThat(Math.abs(slope.mean(0))).as(figures).isGreaterThan(5 * slope.standardError(0));
  }

  private Map<String, Moments> hypergradients(LearnablePolicy policy) {
    RandomStream random = RandomStream.seeded(31);
    Map<String, Moments> moments = new LinkedHashMap<>();
    for (int draw = 0; draw < HYPERGRADIENTS; draw++) {
      try (TensorScope scope = TensorScope.open()) {
        List<Draws> draws = List.of(policy.draw(ExpectationProblem.IMAGES, random));
        problem
            .hypergradient(policy, draws, outer, LEARNING_RATE)
            .gradient()
            .asMap()
            .forEach(
                (name, tensor) ->
                    moments
                        .computeIfAbsent(name, n -> new Moments((int) tensor.numel()))
                        .add(Tensors.toDoubles(tensor)));
      }
    }
    return moments;
  }

  private Moments differences(LearnablePolicy policy, String parameter, int index, int draws) {
    LearnablePolicy above = ScoreFunctionPolicies.shifted(policy, parameter, index, WIDTH);
    LearnablePolicy below = ScoreFunctionPolicies.shifted(policy, parameter, index, -WIDTH);
    Moments moments = new Moments(1);
    for (int draw = 0; draw < draws; draw++) {
      Draws ofAbove = draw(above, draw);
      Draws ofBelow = draw(below, draw);
      boolean same =
          !parameter.equals(LearnablePolicy.MAGNITUDES)
              && Arrays.deepEquals(ofAbove.transforms(), ofBelow.transforms());
      // The same transforms with the same values: the same loss.
      moments.add(same ? 0 : (loss(above, ofAbove) - loss(below, ofBelow)) / (2 * WIDTH));
    }
    return moments;
  }

  private static Draws draw(LearnablePolicy policy, int seed) {
    return policy.draw(ExpectationProblem.IMAGES, RandomStream.seeded(1_000_000 + seed));
  }

  private double loss(LearnablePolicy policy, Draws draws) {
    return problem.outerLoss(policy, List.of(draws), outer, LEARNING_RATE);
  }
}
