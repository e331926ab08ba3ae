package io.github.smartaug.augment;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Images;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.TransformSet;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A policy with a probability for every transform: each image gets N transforms in turn, drawn
 * independently of each other.
 */
public final class IndependentPolicy extends LearnablePolicy {
  /**
   * A magnitude is tried at these multiples of it: far enough apart to see a difference, and what
   * is beyond a plateau or a hill. What a transform is worth changes little with its magnitude up
   * to where it falls steeply.
   */
  private static final double[] TRIED_FACTORS = {1 / 1.65, 1.65};

  /** Magnitudes of so many transforms are looked at more closely. */
  private static final int MOST_REFINED = 3;

  /** Only of those that are drawn that many times as often as if all were equally likely. */
  private static final double REFINED_FROM = 1.5;

  /**
   * A policy with given parameters.
   *
   * @param parameters {@link #LOGITS} [T], {@link #MAGNITUDES} [T] or [1] if shared, and {@link
   *     #TEMPERATURE} [1] if it is learned
   */
  public IndependentPolicy(
      TransformSet transforms, PolicyOptions options, NamedTensors parameters) {
    this(new PolicyParameters(transforms, options, transforms.size(), parameters));
  }

  IndependentPolicy(PolicyParameters state) {
    super(state);
  }

  /**
   * A policy before any learning: all logits 1; magnitudes 0.5 where they are learned and 1
   * elsewhere. Its parameters (float32, CPU) belong to the caller's scope.
   */
  public static IndependentPolicy initial(TransformSet transforms, PolicyOptions options) {
    return new IndependentPolicy(PolicyParameters.initial(transforms, options, transforms.size()));
  }

  @Override
  public IndependentPolicy withParameters(NamedTensors replaced) {
    return new IndependentPolicy(state().with(replaced));
  }

  @Override
  public IndependentPolicy withSampling(Sampling sampling) {
    return new IndependentPolicy(state().with(sampling));
  }

  @Override
  public LearnedPolicyType type() {
    return Policies.INDEPENDENT;
  }

  /** Every probe looks at all transforms equally often, whatever their probabilities. */
  @Override
  public Map<String, ParameterRole> roles() {
    return Map.of(LOGITS, ParameterRole.CHOICE, MAGNITUDES, ParameterRole.SCALE);
  }

  @Override
  protected Draws drawEach(int[] classes, RandomGenerator random) {
    int[][] transforms = new int[length()][classes.length];
    double[][] uniforms = new double[length()][classes.length];
    for (int n = 0; n < length(); n++) {
      for (int i = 0; i < classes.length; i++) {
        transforms[n][i] = distribution(classes[i]).pick(random.nextDouble());
        uniforms[n][i] = random.nextDouble();
      }
    }
    return new Draws(transforms, uniforms, classes);
  }

  @Override
  protected int[][] choices(Draws draws) {
    return draws.transforms();
  }

  @Override
  protected OptionalInt choiceOf(int position) {
    return OptionalInt.of(position);
  }

  @Override
  protected String choiceName(int choice) {
    return transforms().names().get(choice);
  }

  @Override
  protected double[] marginals(CategoricalDistribution choices) {
    return choices.probabilities();
  }

  /**
   * Every transform in turn at a position drawn at random: one whose magnitude is learned with a
   * smaller and with a larger one.
   *
   * @throws IllegalArgumentException if images weigh by logits, whose loss is not the expected one,
   *     or if classes have policies of their own
   */
  @Override
  public Optional<TrialDraws> drawTrials(int[] classes, RandomGenerator random) {
    if (length() == 0) {
      return Optional.empty();
    }
    requireNoLossWeights("trials");
    if (usesClasses()) {
      throw new IllegalArgumentException(
          "classes with a policy of their own: "
              + options().classes()
              + ", allowed with trials, in which all images have the same transform: 1");
    }
    double[][] factors = new double[transforms().size()][];
    Arrays.setAll(factors, t -> learnsMagnitude(t) ? TRIED_FACTORS.clone() : new double[] {1});
    Draws once = draw(classes, random);
    return Optional.of(TrialDraws.of(once, anyPositions(classes.length, random), factors));
  }

  private boolean learnsMagnitude(int transform) {
    return options().magnitudes() == PolicyOptions.Learning.LEARNED
        && transforms().learnable(transform);
  }

  @Override
  public Tensor applyTrial(Tensor images, TrialDraws.Alternative alternative) {
    Images.requireBatch(images);
    try (TensorScope scope = TensorScope.open();
        NoGradGuard constant = new NoGradGuard()) {
      double[] magnitudes = magnitudes();
      magnitudes[alternative.transform()] = tried(magnitudes, alternative);
      Tensor perTransform = Tensors.constant(magnitudes, images, magnitudes.length);
      return scope.keep(augment(images, alternative.draws(), perTransform));
    }
  }

  private static double tried(double[] magnitudes, TrialDraws.Alternative alternative) {
    return PolicyParameters.clampMagnitude(
        magnitudes[alternative.transform()] * alternative.magnitudeFactor());
  }

  /** One at any of its N positions. */
  @Override
  public double drawnShare(TrialDraws.Alternative alternative) {
    return 1 - Math.pow(1 - probabilities()[alternative.transform()], length());
  }

  /** The magnitudes of up to three transforms that are likelier than most. */
  @Override
  public int[] refinedTrials(TrialDraws trials) {
    return trials.oftenDrawn(probabilities(), MOST_REFINED, REFINED_FROM / transforms().size());
  }

  @Override
  public Tensor expectation(TrialDraws draws, double[] worth, double[] worthAsDrawn) {
    double[] ofTransforms = draws.worthPerTransform(worth, transforms().size());
    double[] before = magnitudes();
    double[] tried =
        draws.alternatives().stream()
            .mapToDouble(alternative -> tried(before, alternative))
            .toArray();
    double[] slopes = draws.slopes(worthAsDrawn, tried, transforms().size());
    double[] probabilities = probabilities();
    Arrays.setAll(slopes, t -> slopes[t] * probabilities[t]);
    try (TensorScope scope = TensorScope.open()) {
      Tensor shares = state().logProbabilities(parameters().get(LOGITS)).exp();
      Tensor expected = shares.mul(Tensors.constant(ofTransforms, shares, slopes.length)).sum();
      Tensor magnitudes = state().magnitudePerTransform();
      Tensor along = magnitudes.mul(Tensors.constant(slopes, magnitudes, slopes.length)).sum();
      // An image has as many transforms, one of which was tried.
      return scope.keep(expected.add(along).mul(new Scalar(length())));
    }
  }
}
