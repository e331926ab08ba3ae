package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.augment.PolicyOptions.MagnitudeSharing;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.augment.SequencePolicy;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.PairedProbe;
import io.github.smartaug.meta.StepLength;
import io.github.smartaug.meta.Trial;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.DifferentiableRprop;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.Optimizers;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recommended learner goes with every optimizer, policy, cycle and precision. */
class ProbeCombinationsTest {
  private static final TransformSet TRANSFORMS = TransformSets.named("base");

  /** A sequence policy has a logit for every series of transforms. */
  private static final TransformSet FEW = ExpectationProblem.TRANSFORMS;

  private static final int CLASSES = 3;

  /** A run, all else as usual. */
  private record Combination(
      String name,
      LearnablePolicy policy,
      InnerOptions inner,
      int innerSteps,
      Precision precision) {
    static Combination of(String name) {
      return new Combination(
          name,
          IndependentPolicy.initial(TRANSFORMS, options(2).build()),
          InnerOptions.defaults(0.05),
          2,
          Precision.FLOAT32);
    }

    Combination with(LearnablePolicy other) {
      return new Combination(name, other, inner, innerSteps, precision);
    }

    Combination with(InnerOptions other) {
      return new Combination(name, policy, other, innerSteps, precision);
    }

    Combination with(Precision other) {
      return new Combination(name, policy, inner, innerSteps, other);
    }

    Combination withInnerSteps(int other) {
      return new Combination(name, policy, inner, other, precision);
    }

    /** Trials cannot tell classes apart, nor whole sequences. */
    boolean canBeTried() {
      return policy instanceof IndependentPolicy && !policy.usesClasses();
    }

    boolean goesBySigns() {
      return inner.optimizer().rule() instanceof DifferentiableRprop;
    }

    TrainingOptions training(HypergradientEstimator estimator, int microBatches) {
      MetaOptions meta =
          MetaOptions.recommended().toBuilder()
              .innerSteps(innerSteps)
              .estimator(estimator)
              .stepLength(StepLength.HELD)
              .build();
      return SmallRun.options(3, innerSteps).toBuilder()
          .inner(inner)
          .meta(meta)
          .controls(
              TrainingControls.builder().precision(precision).microBatches(microBatches).build())
          .build();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static PolicyOptions.Builder options(int length) {
    return PolicyOptions.learned(length).toBuilder()
        .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION);
  }

  static Stream<Combination> combinations() {
    List<Combination> all = new ArrayList<>();
    for (String optimizer : Optimizers.names()) {
      DifferentiableOptimizer rule = Optimizers.named(optimizer);
      InnerOptimizer inner =
          new InnerOptimizer(rule, rule.defaults().with(Hyperparameters.LEARNING_RATE, 0.01));
      all.add(Combination.of(optimizer).with(InnerOptions.builder().optimizer(inner).build()));
    }
    for (int length = 1; length <= 4; length++) {
      all.add(
          Combination.of("sequence of " + length)
              .with(SequencePolicy.initial(FEW, options(length).build())));
    }
    all.add(
        Combination.of("shared magnitude")
            .with(
                IndependentPolicy.initial(
                    TRANSFORMS, options(2).sharing(MagnitudeSharing.SHARED).build())));
    all.add(
        Combination.of("per class")
            .with(IndependentPolicy.initial(TRANSFORMS, options(2).classes(CLASSES).build())));
    all.add(
        Combination.of("learned temperature")
            .with(
                IndependentPolicy.initial(
                    TRANSFORMS, options(2).temperatureLearning(Learning.LEARNED).build())));
    all.add(
        Combination.of("active clip")
            .with(
                InnerOptions.builder().clipping(Optional.of(new GradientClipping(1e-2))).build()));
    all.add(
        Combination.of("no clip").with(InnerOptions.builder().clipping(Optional.empty()).build()));
    for (int innerSteps : new int[] {1, 5, 10}) {
      all.add(Combination.of(innerSteps + " inner steps").withInnerSteps(innerSteps));
    }
    all.add(Combination.of("bfloat16").with(Precision.BFLOAT16));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void all_that_is_learned_moves_and_stays_finite(Combination combination) {
    requireMoves(combination, new PairedProbe(3));
    if (combination.canBeTried()) {
      requireMoves(combination, new Trial(3));
    }
  }

  private static void requireMoves(Combination combination, HypergradientEstimator estimator) {
    for (Model model : List.of(SmallRun.perceptron(CLASSES), SmallRun.normalized(CLASSES))) {
      try (TensorScope scope = TensorScope.open();
          TrainingResult result =
              SmallRun.train(model, combination.policy(), combination.training(estimator, 1))) {
        NamedTensors before = combination.policy().learnedParameters();
        NamedTensors after = result.augmenter().learnedParameters();
        assertThat(after.names()).containsExactlyElementsOf(before.names()).isNotEmpty();
        for (String name : before.names()) {
          double[] moved = Tensors.toDoubles(after.get(name));
          assertThat(Arrays.stream(moved).allMatch(Double::isFinite)).as(name).isTrue();
          double[] start = Tensors.toDoubles(before.get(name));
          // Where a gradient goes by its sign, how large it is has no derivative.
          assertThat(Arrays.equals(moved, start)).as(name).isEqualTo(combination.goesBySigns());
        }
        assertThat(result.last().details().skippedMetaSteps()).isZero();
      }
    }
  }

  /** Without batch normalisation the parts of a batch are the batch; the probe is not cut. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void a_batch_in_parts_teaches_the_same(int microBatches) {
    requireSameInParts(microBatches, new PairedProbe(3));
    requireSameInParts(microBatches, new Trial(3));
  }

  private static void requireSameInParts(int microBatches, HypergradientEstimator estimator) {
    Model model = SmallRun.perceptron(CLASSES);
    Combination combination = Combination.of("parts");
    try (TensorScope scope = TensorScope.open();
        TrainingResult whole =
            SmallRun.train(model, combination.policy(), combination.training(estimator, 1));
        TrainingResult inParts =
            SmallRun.train(
                model, combination.policy(), combination.training(estimator, microBatches))) {
      for (String name : combination.policy().learnedParameters().names()) {
        double[] expected = Tensors.toDoubles(whole.augmenter().learnedParameters().get(name));
        double[] actual = Tensors.toDoubles(inParts.augmenter().learnedParameters().get(name));
        for (int i = 0; i < expected.length; i++) {
          assertThat(actual[i]).as(name).isCloseTo(expected[i], within(1e-4));
        }
      }
    }
  }
}
