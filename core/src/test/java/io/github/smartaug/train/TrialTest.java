package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.augment.ProbeDraws;
import io.github.smartaug.augment.TrialDraws;
import io.github.smartaug.loss.MixedLoss.CleanBranch;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.OuterObjective;
import io.github.smartaug.meta.Trial;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hypergradient of trials is what steps of the same length, partly of one transform, do. */
class TrialTest {
  private static final double RATE = 0.5;

  /** The larger magnitude that a transform is tried with, as a multiple of its own. */
  private static final double STRONGER = 1.65;

  private static final InnerStep PLAIN = new InnerStep(new DifferentiableSgd(), Optional.empty());

  private final ExpectationProblem problem = new ExpectationProblem();

  /** Along an outer loss that is linear, the worth of a transform is the loss after such a step. */
  @ParameterizedTest
  @CsvSource({"0.01, 1", "0.3, 1", "1, 1", "0.3, 2"})
  void a_transform_is_worth_what_a_step_of_the_same_length_does_if_it_is_not_short(
      double share, int length) {
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy = ScoreFunctionPolicies.of("independent " + length + " left-out");
      Draws once = problem.draw(policy, RandomStream.seeded(2));
      TrialDraws trials = draws(policy, once);
      double[] lengths =
          trials.alternatives().stream()
              .mapToDouble(trial -> norm(mixed(problem, policy, once, trial, share)))
              .toArray();
      double median = Arrays.stream(lengths).sorted().toArray()[lengths.length / 2];
      double[] worth = new double[lengths.length];
      for (int a = 0; a < worth.length; a++) {
        Tensor step = mixed(problem, policy, once, trials.alternatives().get(a), share);
        double factor = norm(problem.ownGradient(policy, once)) / Math.max(median, lengths[a]);
        worth[a] = changeByStep(step.mul(new Scalar(factor))) / share;
      }

      NamedTensors tried =
          problem.tried(policy, once, trials, PLAIN, share, problem.linearOuter(), RATE);

      double[] probabilities = policy.probabilities();
      double[] magnitudes = policy.magnitudes();
      double[] asDrawn = new double[lengths.length];
      for (int a = 0; a < asDrawn.length; a++) {
        TrialDraws.Alternative trial = trials.alternatives().get(a);
        double drawn = Math.max(share, 1 - Math.pow(1 - probabilities[trial.transform()], length));
        Tensor step = mixed(problem, policy, once, trial, drawn);
        double factor = norm(problem.ownGradient(policy, once)) / norm(step);
        asDrawn[a] = changeByStep(step.mul(new Scalar(factor))) / drawn;
      }
      // Identity once, the others with a smaller and a larger magnitude. Of two leads the larger
      // one is what is usual, so that neither counts.
      double[] ofTransforms = {worth[0], (worth[1] + worth[2]) / 2, (worth[3] + worth[4]) / 2};
      double mean = 0;
      for (int t = 0; t < ofTransforms.length; t++) {
        mean += probabilities[t] * ofTransforms[t];
      }
      double temperature = policy.temperature();
      for (int t = 0; t < ofTransforms.length; t++) {
        assertThat(entry(tried, LearnablePolicy.LOGITS, t))
            .isCloseTo(
                length * temperature * probabilities[t] * (ofTransforms[t] - mean), within(1e-8))
            .isNotCloseTo(0, within(1e-6));
      }
      assertThat(entry(tried, LearnablePolicy.MAGNITUDES, 0)).isZero();
      for (int t = 1; t < ofTransforms.length; t++) {
        double larger = Math.min(1, magnitudes[t] * STRONGER);
        double slope = (asDrawn[2 * t] - asDrawn[2 * t - 1]) / (larger - magnitudes[t] / STRONGER);
        assertThat(entry(tried, LearnablePolicy.MAGNITUDES, t))
            .isCloseTo(length * probabilities[t] * slope, within(1e-8))
            .isNotCloseTo(0, within(1e-6));
      }
    }
  }

  /** Where clean predictions are a target for both; of three, two are not below the median. */
  @ParameterizedTest
  @ValueSource(strings = {"independent 1", "independent 2"})
  void for_a_small_share_long_steps_differ_as_by_the_probe_with_the_length_held(String kind) {
    try (TensorScope scope = TensorScope.open()) {
      ExpectationProblem stopped = new ExpectationProblem(CleanBranch.STOPPED);
      LearnablePolicy policy = ScoreFunctionPolicies.of(kind);
      Draws once = stopped.draw(policy, RandomStream.seeded(2));
      int[] positions = {policy.length() - 1, 0};
      TrialDraws trials = TrialDraws.of(once, positions, new double[][] {{1}, {1}, {1}});
      ProbeDraws probe = ProbeDraws.of(once, positions, ExpectationProblem.TRANSFORMS.size());
      OuterObjective outer = stopped.linearOuter();

      NamedTensors tried = stopped.tried(policy, once, trials, PLAIN, 1e-7, outer, RATE);
      NamedTensors probed =
          stopped.probed(policy, once, probe, stopped.withLengthHeld(outer, policy, once), RATE);

      double[] lengths =
          trials.alternatives().stream()
              .mapToDouble(trial -> norm(mixed(stopped, policy, once, trial, 1e-3)))
              .toArray();
      int[] longest =
          IntStream.range(0, lengths.length)
              .boxed()
              .sorted(Comparator.comparingDouble(a -> -lengths[a]))
              .limit(2)
              .mapToInt(Integer::intValue)
              .toArray();
      double expected = advantage(probed, policy, longest);
      assertThat(Math.abs(expected)).isGreaterThan(1e-4);
      assertThat(advantage(tried, policy, longest)).isCloseTo(expected, within(1e-6));
    }
  }

  /** How much more one of two transforms is worth than the other. */
  private static double advantage(NamedTensors gradient, LearnablePolicy policy, int[] of) {
    double[] probabilities = policy.probabilities();
    return entry(gradient, LearnablePolicy.LOGITS, of[0]) / probabilities[of[0]]
        - entry(gradient, LearnablePolicy.LOGITS, of[1]) / probabilities[of[1]];
  }

  /** A clip's own derivative would take away what the step does along its gradient. */
  @Test
  void an_active_clip_only_scales_it() {
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy = ScoreFunctionPolicies.of("independent 2");
      Draws once = problem.draw(policy, RandomStream.seeded(2));
      TrialDraws trials = draws(policy, once);
      double norm = Tensors.item(problem.ownGradient(policy, once).norm());
      InnerStep clipped =
          new InnerStep(new DifferentiableSgd(), Optional.of(new GradientClipping(norm / 10)));

      NamedTensors free =
          problem.tried(policy, once, trials, PLAIN, 0.3, problem.linearOuter(), RATE);
      NamedTensors scaled =
          problem.tried(policy, once, trials, clipped, 0.3, problem.linearOuter(), RATE);

      for (String name : free.names()) {
        double[] tenth = Tensors.toDoubles(free.get(name).div(new Scalar(10.0)));
        assertThat(Tensors.toDoubles(scaled.get(name)))
            .as(name)
            .containsExactly(tenth, within(1e-6));
      }
    }
  }

  /** Whose noise in choices would be another one, if these were compared on more images, too. */
  @Test
  void magnitudes_of_likely_transforms_are_compared_on_more_images_and_nothing_else_is() {
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy =
          ScoreFunctionPolicies.shifted(
              ScoreFunctionPolicies.of("independent 2"), LearnablePolicy.LOGITS, 1, 2);
      assertThat(policy.probabilities()[1]).isGreaterThan(0.5);
      Draws once = problem.draw(policy, RandomStream.seeded(2));
      TrialDraws trials = draws(policy, once);
      TrialDraws others = draws(policy, problem.draw(policy, RandomStream.seeded(7)));
      OuterObjective outer = problem.linearOuter();

      NamedTensors onFew = problem.tried(policy, once, trials, PLAIN, 0.3, outer, RATE);
      NamedTensors onOthers = problem.tried(policy, once, others, PLAIN, 0.3, outer, RATE);
      NamedTensors refined = problem.triedFurther(policy, once, trials, others, PLAIN, outer, RATE);

      double few = entry(onFew, LearnablePolicy.MAGNITUDES, 1);
      double more = entry(onOthers, LearnablePolicy.MAGNITUDES, 1);
      assertThat(few).isNotCloseTo(more, within(1e-6));
      assertThat(entry(refined, LearnablePolicy.MAGNITUDES, 1))
          .isCloseTo((few + more) / 2, within(1e-12));
      assertThat(entry(refined, LearnablePolicy.MAGNITUDES, 2))
          .isEqualTo(entry(onFew, LearnablePolicy.MAGNITUDES, 2))
          .isNotCloseTo(entry(onOthers, LearnablePolicy.MAGNITUDES, 2), within(1e-6));
      assertThat(Tensors.toDoubles(refined.get(LearnablePolicy.LOGITS)))
          .containsExactly(Tensors.toDoubles(onFew.get(LearnablePolicy.LOGITS)));
    }
  }

  @Test
  void the_three_likeliest_magnitudes_are_refined_if_drawn_half_as_often_again_as_on_average() {
    try (TensorScope scope = TensorScope.open()) {
      PolicyOptions options =
          PolicyOptions.learned(2).toBuilder()
              .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
              .build();
      IndependentPolicy uniform =
          IndependentPolicy.initial(TransformSets.named("inverse-scale-wide"), options);
      assertThat(refined(uniform)).isEmpty();
      // Upside down is likely, and has no magnitude to be refined.
      assertThat(refined(withLogits(uniform, Map.of("Rotate", 1.5, "FlipUD", 2.0))))
          .containsExactly("Rotate", "Rotate");
      assertThat(
              refined(
                  withLogits(
                      uniform,
                      Map.of("ShearX", 2.0, "Rotate", 2.2, "TranslateX", 2.1, "Solarize", 2.3))))
          .containsExactlyInAnyOrder(
              "Rotate", "Rotate", "TranslateX", "TranslateX", "Solarize", "Solarize");
    }
  }

  private static LearnablePolicy withLogits(IndependentPolicy policy, Map<String, Double> raised) {
    double[] logits = Tensors.toDoubles(policy.parameters().get(LearnablePolicy.LOGITS));
    List<String> names = policy.transforms().names();
    raised.forEach((name, by) -> logits[names.indexOf(name)] += by);
    return policy.withParameters(
        NamedTensors.of(
            LearnablePolicy.LOGITS, Tensors.of(logits, logits.length).to(ScalarType.Float)));
  }

  private static List<String> refined(LearnablePolicy policy) {
    TrialDraws trials = policy.drawTrials(new int[4], RandomStream.seeded(3)).orElseThrow();
    List<String> names = policy.transforms().names();
    return Arrays.stream(policy.refinedTrials(trials))
        .mapToObj(trials.alternatives()::get)
        .map(alternative -> names.get(alternative.transform()))
        .toList();
  }

  @Test
  void policies_that_weigh_losses_or_treat_classes_differently_are_refused() {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy weighing =
          IndependentPolicy.initial(ExpectationProblem.TRANSFORMS, PolicyOptions.learned(2));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> weighing.drawTrials(new int[2], RandomStream.seeded(0)))
          .withMessage(
              "probability gradient: loss-weight, allowed with trials, which differentiates the"
                  + " expected loss: score-function");
      IndependentPolicy perClass =
          IndependentPolicy.initial(
              ExpectationProblem.TRANSFORMS,
              PolicyOptions.learned(2).toBuilder()
                  .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
                  .classes(3)
                  .build());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> perClass.drawTrials(new int[2], RandomStream.seeded(0)))
          .withMessage(
              "classes with a policy of their own: 3, allowed with trials, in which all images"
                  + " have the same transform: 1");
    }
  }

  @Test
  void a_share_is_above_0_and_at_most_1() {
    for (double share : new double[] {0, -0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Trial(3, 0, share))
          .withMessage("share of a trial: " + share + ", allowed: above 0, to 1");
    }
  }

  private static TrialDraws draws(LearnablePolicy policy, Draws once) {
    return TrialDraws.of(
        once,
        policy
            .drawTrials(new int[ExpectationProblem.IMAGES], RandomStream.seeded(3))
            .orElseThrow()
            .positions(),
        new double[][] {{1}, {1 / STRONGER, STRONGER}, {1 / STRONGER, STRONGER}});
  }

  @Test
  void a_learned_magnitude_is_tried_smaller_and_larger() {
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy = ScoreFunctionPolicies.of("independent 2");
      TrialDraws drawn = policy.drawTrials(new int[4], RandomStream.seeded(3)).orElseThrow();
      assertThat(drawn.alternatives())
          .extracting(TrialDraws.Alternative::transform)
          .containsExactly(0, 1, 1, 2, 2);
      assertThat(drawn.alternatives())
          .extracting(TrialDraws.Alternative::magnitudeFactor)
          .containsExactly(1.0, 1 / STRONGER, STRONGER, 1 / STRONGER, STRONGER);
      for (TrialDraws.Alternative trial : drawn.alternatives()) {
        for (int i = 0; i < drawn.images(); i++) {
          assertThat(trial.draws().transforms()[drawn.positions()[i]][i])
              .isEqualTo(trial.transform());
        }
      }
    }
  }

  private static Tensor mixed(
      ExpectationProblem problem,
      LearnablePolicy policy,
      Draws once,
      TrialDraws.Alternative trial,
      double share) {
    double[] magnitudes = policy.magnitudes();
    magnitudes[trial.transform()] =
        Math.min(1, magnitudes[trial.transform()] * trial.magnitudeFactor());
    LearnablePolicy stronger =
        policy.withParameters(
            NamedTensors.of(LearnablePolicy.MAGNITUDES, Tensors.of(magnitudes, magnitudes.length)));
    return problem
        .ownGradient(policy, once)
        .mul(new Scalar(1 - share))
        .add(problem.gradient(stronger, trial.draws()), new Scalar(share));
  }

  private double changeByStep(Tensor step) {
    double before = problem.outerLossAfter(step, problem.linearOuter(), 0);
    return problem.outerLossAfter(step, problem.linearOuter(), RATE) - before;
  }

  private static double norm(Tensor tensor) {
    return Tensors.item(tensor.norm());
  }

  private static double entry(NamedTensors gradient, String name, int index) {
    return Tensors.toDoubles(gradient.get(name))[index];
  }
}
