package io.github.smartaug.augment;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Geometry;
import io.github.smartaug.transform.Images;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.TransformSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * A policy whose probabilities and magnitudes are learned by gradient.
 *
 * <p>What can be chosen, a transform or a sequence of them, has a logit; choices are drawn from
 * {@code softmax(temperature * logits)}. Each transform of an image draws its value from a range
 * that grows with the transform's magnitude. Magnitudes are learned through the transforms,
 * probabilities and temperature through the {@link LossWeights}: see {@link ProbabilityGradient}.
 *
 * <p>Class by class: with {@link PolicyOptions#classes()} C above 1, every class of images has
 * logits and magnitudes of its own, [C,...]. Images are then drawn for by their class; where it is
 * not known, an image gets that of a class drawn at random.
 *
 * <p>Immutable: a meta step makes a new policy by {@link #withParameters}.
 *
 * <p>A subclass says what a choice is: how choices become transforms ({@link #drawEach}) and back
 * ({@link #choices}), and how likely a transform is ({@link #marginals}). Its {@link #type} makes
 * policies of its kind, for which it hands the constructor's argument on. A type that is {@link
 * Policies#register registered} can be chosen by name, written to a {@link PolicyFile} and read
 * back.
 */
public abstract class LearnablePolicy implements TransformPolicy {
  /** Name of the logits among the parameters: one for each choice. */
  public static final String LOGITS = "logits";

  /** Name of the magnitudes among the parameters: [T], or [1] if shared. */
  public static final String MAGNITUDES = "magnitudes";

  /** Name of the temperature, [1], among the parameters, if it is learned. */
  public static final String TEMPERATURE = "temperature";

  private final PolicyParameters state;
  private final CategoricalDistribution[] distributions;

  /** A policy of these parameters. */
  protected LearnablePolicy(PolicyParameters state) {
    this.state = state;
    this.distributions = new CategoricalDistribution[state.options().classes()];
  }

  /** What policies of this kind are made by. */
  public abstract LearnedPolicyType type();

  /**
   * Draws transforms for images.
   *
   * @param classes of the images; all 0 without classes of their own
   */
  protected abstract Draws drawEach(int[] classes, RandomGenerator random);

  /**
   * Index of the logit of each choice that was made, within its class, [choice][image].
   *
   * @param draws made by {@link #drawEach}
   */
  protected abstract int[][] choices(Draws draws);

  /** Probability of every transform, the mean over positions, when choices are drawn from this. */
  protected abstract double[] marginals(CategoricalDistribution choices);

  /** Name of a choice, such as that of its transform, for reports. Without one: its number. */
  protected String choiceName(int choice) {
    return Integer.toString(choice);
  }

  /** What the policy is made of. */
  protected final PolicyParameters state() {
    return state;
  }

  @Override
  public LearnablePolicy withParameters(NamedTensors replaced) {
    return type().of(state.with(replaced));
  }

  /**
   * The same policy with all magnitudes that are learned at that value, from 0.01 to 1; as it is if
   * none are. In the caller's scope.
   */
  public final LearnablePolicy withLearnedMagnitudes(double value) {
    return options().magnitudes() == PolicyOptions.Learning.LEARNED
        ? type().of(state.withMagnitudes(value))
        : this;
  }

  /** The same policy, its transforms reading pixels in another way. */
  public LearnablePolicy withSampling(Sampling sampling) {
    return type().of(state.with(sampling));
  }

  @Override
  public String description() {
    return type().name() + ", " + PolicyText.choice(this);
  }

  @Override
  public final TransformSet transforms() {
    return state.transforms();
  }

  /** What the policy may do and what it learns. */
  public final PolicyOptions options() {
    return state.options();
  }

  @Override
  public final int length() {
    return options().length();
  }

  @Override
  public final NamedTensors parameters() {
    return state.tensors();
  }

  /** Those of {@link #parameters()} that are learned; none if no transform is ever drawn. */
  @Override
  public final NamedTensors learnedParameters() {
    return length() > 0 ? state.learned() : NamedTensors.empty();
  }

  /** Those of choices and of transforms; with classes of their own, each under every class. */
  @Override
  public final List<String> entryNames(String parameter) {
    return switch (parameter) {
      case LOGITS ->
          underClasses(IntStream.range(0, state.choices()).mapToObj(this::choiceName).toList());
      case MAGNITUDES ->
          options().sharing() == PolicyOptions.MagnitudeSharing.OWN
              ? underClasses(transforms().names())
              : List.of();
      default -> List.of();
    };
  }

  /** Magnitudes of their own; shares as if the transforms of an image were drawn one by one. */
  @Override
  public final Optional<ScaleUse> scaleUse(String parameter) {
    if (!parameter.equals(MAGNITUDES)
        || options().sharing() == PolicyOptions.MagnitudeSharing.SHARED) {
      return Optional.empty();
    }
    int size = transforms().size();
    int[] counterparts = new int[options().classes() * size];
    double[] shares = new double[counterparts.length];
    for (int c = 0; c < options().classes(); c++) {
      double[] probabilities = probabilities(c);
      for (int t = 0; t < size; t++) {
        counterparts[c * size + t] = c * size + transforms().alongOtherAxis(t).orElse(t);
        shares[c * size + t] =
            transforms().learnable(t) ? 1 - Math.pow(1 - probabilities[t], length()) : 0;
      }
    }
    return Optional.of(new ScaleUse(counterparts, shares));
  }

  private List<String> underClasses(List<String> names) {
    return usesClasses()
        ? IntStream.range(0, options().classes())
            .boxed()
            .flatMap(c -> names.stream().map(name -> "class " + c + ": " + name))
            .toList()
        : names;
  }

  /** Magnitudes into [0.01, 1], a learned temperature to at least 0.01. */
  @Override
  public final NamedTensors project(NamedTensors moved) {
    return PolicyParameters.project(moved);
  }

  /**
   * Mean of {@code (m - 1)^2} over the magnitudes that are learned: a regulariser that favours
   * strong transforms. A magnitude counts as the options say: as much as its transform is drawn,
   * {@code sum_t P_t (m_t - 1)^2 / sum_t P_t} with P constant, or as much as the others. Zero
   * unless both magnitudes and probabilities are learned.
   */
  @Override
  public final Optional<Tensor> penalty() {
    return Optional.of(
        switch (options().penaltyWeights()) {
          case EQUAL -> state.penalty();
          case PROBABILITY ->
              state.penalty(
                  IntStream.range(0, options().classes())
                      .boxed()
                      .flatMapToDouble(c -> Arrays.stream(probabilities(c)))
                      .toArray());
        });
  }

  @Override
  public final double temperature() {
    return state.temperature();
  }

  @Override
  public final PolicySnapshot snapshot(int epoch) {
    return PolicySnapshot.of(epoch, parameters(), temperature());
  }

  @Override
  public final boolean usesClasses() {
    return options().classes() > 1;
  }

  @Override
  public final Draws draw(int images, RandomGenerator random) {
    int[] classes = new int[images];
    if (usesClasses()) {
      Arrays.setAll(classes, i -> random.nextInt(options().classes()));
    }
    return drawEach(classes, random);
  }

  @Override
  public final Draws draw(int[] classes, RandomGenerator random) {
    if (!usesClasses()) {
      return draw(classes.length, random);
    }
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] < 0 || classes[i] >= options().classes()) {
        throw new IllegalArgumentException(
            "class of image "
                + i
                + " is "
                + classes[i]
                + ", the policy has "
                + options().classes()
                + " classes, from 0");
      }
    }
    return drawEach(classes.clone(), random);
  }

  /** Unless {@link PolicyOptions#repeats() repeats} are applied, no image has a transform twice. */
  @Override
  public final Draws applied(Draws draws) {
    return switch (options().repeats()) {
      case APPLIED -> draws;
      case LEFT_OUT -> draws.withoutRepeats();
    };
  }

  @Override
  public final Augmented apply(Tensor images, Draws draws) {
    Images.requireBatch(images);
    if (draws.length() == 0) {
      return Augmented.unweighted(images);
    }
    try (TensorScope scope = TensorScope.open()) {
      return new Augmented(augment(images, draws), weights(images, draws)).keptBy(scope);
    }
  }

  private Tensor augment(Tensor images, Draws draws) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(augment(images, draws, state.magnitudePerTransform()));
    }
  }

  /** With magnitudes of all transforms, of all classes one after the other. */
  final Tensor augment(Tensor images, Draws draws, Tensor perTransform) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor magnitudes = perTransform.to(images.device(), images.scalar_type());
      int[][] transforms = draws.perClass(applied(draws).transforms(), transforms().size());
      return scope.keep(state.stage().apply(images, transforms, draws.uniforms(), magnitudes));
    }
  }

  /**
   * Every transform in turn at a position drawn at random.
   *
   * @throws IllegalArgumentException if images weigh by logits, whose loss is not the expected one
   */
  @Override
  public final Optional<ProbeDraws> drawProbe(int[] classes, RandomGenerator random) {
    if (length() == 0 || choiceOf(0).isEmpty()) {
      return Optional.empty();
    }
    requireNoLossWeights("a probe");
    Draws once = draw(classes, random);
    return Optional.of(
        ProbeDraws.of(once, anyPositions(classes.length, random), transforms().size()));
  }

  /** Refuses logits that images weigh by, whose loss is not the expected one. */
  final void requireNoLossWeights(String what) {
    if (options().probabilityGradient() == ProbabilityGradient.LOSS_WEIGHT) {
      throw new IllegalArgumentException(
          "probability gradient: loss-weight, allowed with "
              + what
              + ", which differentiates the expected loss: score-function");
    }
  }

  /** A position of each image, drawn at random. */
  final int[] anyPositions(int images, RandomGenerator random) {
    int[] positions = new int[images];
    Arrays.setAll(positions, i -> random.nextInt(length()));
    return positions;
  }

  @Override
  public final Augmented applyProbe(Tensor images, ProbeDraws probe) {
    Images.requireBatch(images);
    try (TensorScope scope = TensorScope.open()) {
      return new Augmented(augment(images, probe.draws()), probeWeights(images, probe))
          .keptBy(scope);
    }
  }

  private LossWeights probeWeights(Tensor images, ProbeDraws probe) {
    try (TensorScope scope = TensorScope.open()) {
      int[][] all = probe.draws().perClass(choices(probe.draws()), state.choices());
      int[] varied = new int[probe.draws().images()];
      Arrays.setAll(
          varied, i -> all[choiceOf(probe.positions()[i % probe.images()]).orElseThrow()][i]);
      LossWeights weights =
          LossWeights.ofAlternatives(
              state.logProbabilities(images), varied, probe.alternatives(), all.length);
      scope.keep(weights.values());
      return weights;
    }
  }

  /**
   * Which of the {@link #choices} decides which transform is at a position, and can decide for any,
   * whatever is at the others; empty if this is not so, when there are no probes.
   */
  protected OptionalInt choiceOf(int position) {
    return OptionalInt.empty();
  }

  @Override
  public final Geometry geometry(Draws draws, int height, int width) {
    try (TensorScope scope = TensorScope.open()) {
      Geometry geometry =
          applied(draws)
              .geometry(
                  state.stage(), transforms().size(), state.magnitudePerTransform(), height, width);
      scope.keep(geometry.inverseMatrices());
      return geometry;
    }
  }

  private LossWeights weights(Tensor images, Draws draws) {
    try (TensorScope scope = TensorScope.open()) {
      int[][] indices = draws.perClass(choices(draws), state.choices());
      LossWeights weights =
          switch (options().probabilityGradient()) {
            case LOSS_WEIGHT ->
                LossWeights.ofLogits(state.logits(images), indices, draws.classes());
            case SCORE_FUNCTION ->
                LossWeights.ofLogProbabilities(state.logProbabilities(images), indices);
          };
      scope.keep(weights.values());
      return weights;
    }
  }

  /** The sampling distribution over the choices for a class. */
  protected final CategoricalDistribution distribution(int ofClass) {
    if (distributions[ofClass] == null) {
      distributions[ofClass] =
          CategoricalDistribution.softmax(state.logits(ofClass), temperature());
    }
    return distributions[ofClass];
  }

  /** The mean over the classes, if they have probabilities of their own. */
  @Override
  public final double[] probabilities() {
    return meanOverClasses(this::probabilities);
  }

  /** How likely each transform is at a position for images of a class, from 0. */
  public final double[] probabilities(int ofClass) {
    return marginals(distribution(ofClass));
  }

  /** The mean over the classes, if they have magnitudes of their own. */
  @Override
  public final double[] magnitudes() {
    return meanOverClasses(this::magnitudes);
  }

  /** The magnitude of every transform for images of a class, from 0. */
  public final double[] magnitudes(int ofClass) {
    try (TensorScope scope = TensorScope.open()) {
      int size = transforms().size();
      double[] all = Tensors.toDoubles(state.magnitudePerTransform());
      return Arrays.copyOfRange(all, ofClass * size, (ofClass + 1) * size);
    }
  }

  /** The mean over the classes, if they have probabilities of their own. */
  @Override
  public final double[] lossShares() {
    return meanOverClasses(this::lossShares);
  }

  /**
   * With loss weights a choice counts as much as its logit besides: the share of P and p is {@code
   * P p / sum of P p}, with the logits p made non-negative by the smallest. An image that has a
   * mean of n choices for a weight has that share of each of them only.
   */
  private double[] lossShares(int ofClass) {
    double[] drawn = probabilities(ofClass);
    if (options().probabilityGradient() != ProbabilityGradient.LOSS_WEIGHT || length() == 0) {
      return drawn;
    }
    double[] weighted = distribution(ofClass).probabilities();
    double[] logits = state.logits(ofClass);
    double shift = Math.min(0, Arrays.stream(logits).min().orElseThrow());
    Arrays.setAll(weighted, s -> weighted[s] * (logits[s] - shift));
    double sum = Arrays.stream(weighted).sum();
    if (sum == 0) {
      return drawn;
    }
    Arrays.setAll(weighted, s -> weighted[s] / sum);
    double[] counted = marginals(new CategoricalDistribution(weighted));
    int choices = choices(Draws.ofNone(length())).length;
    Arrays.setAll(counted, t -> (counted[t] + (choices - 1) * drawn[t]) / choices);
    return counted;
  }

  private double[] meanOverClasses(IntFunction<double[]> ofClass) {
    int classes = options().classes();
    double[] sums = new double[transforms().size()];
    for (int c = 0; c < classes; c++) {
      double[] values = ofClass.apply(c);
      Arrays.setAll(sums, t -> sums[t] + values[t]);
    }
    return IntStream.range(0, sums.length).mapToDouble(t -> sums[t] / classes).toArray();
  }
}
