package io.github.smartaug.cli.options;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.FrozenPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.LearnedPolicyType;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.augment.PolicyOptions.MagnitudeSharing;
import io.github.smartaug.augment.PolicyOptions.PenaltyWeights;
import io.github.smartaug.augment.PolicyOptions.Repeats;
import io.github.smartaug.augment.PolicySettings;
import io.github.smartaug.augment.PolicyType;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.augment.RandAugment;
import io.github.smartaug.augment.ReplayedPolicy;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.input.InputRange;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How training images are changed. */
public final class AugmentationOptions {
  @Option(
      names = "--augment",
      paramLabel = "WHAT",
      description = {
        "How training images are changed. One of:",
        "${bundle:table.policies}",
        "or FILE.json, or the folder of a run: the learned policy in it, unchanged.",
        "Default: ${DEFAULT-VALUE}"
      })
  private Augmentation augment = Augmentation.of(Defaults.POLICY);

  @Option(
      names = "--replay-schedule",
      description =
          "With --augment FILE.json: repeat how the policy changed during its own training,"
              + " stretched to the epochs of this run")
  private boolean replaySchedule;

  @Option(
      names = "--transforms",
      paramLabel = "NAME|FILE.json",
      completionCandidates = NameCandidates.OfTransformSets.class,
      description = {
        "The set of transforms that the policy chooses from. One of:",
        "${bundle:table.transform-sets}",
        "or a JSON file of the same format as these sets. Transforms of colours are left out where"
            + " images are grey.",
        "Default: trivialaugment-wide with trivial, else " + TransformSets.DEFAULT
      })
  private String transforms;

  @Option(
      names = "--length",
      paramLabel = "N",
      description =
          "Number of transforms applied to an image, one after another; trivial always applies 1."
              + " Default: ${DEFAULT-VALUE}")
  private int length = Defaults.LENGTH;

  @Option(
      names = "--magnitude",
      paramLabel = "M",
      description =
          "With --augment random: strength of all transforms, from 0 (weakest) to 1 (strongest):"
              + " M / 30 of the paper."
              + " Default: ${DEFAULT-VALUE}")
  private double magnitude = RandAugment.USUAL_MAGNITUDE;

  @Option(
      names = "--initial-magnitude",
      paramLabel = "M",
      description =
          "Where the magnitudes of a learned policy start, from 0.01 (weakest) to 1 (strongest)."
              + " Default: 0.6 with the moderate ranges of randaugment and randaugment-flip, else 0.15")
  private Double initialMagnitude;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = {
        "Transforms are drawn with probabilities softmax(T * logits). 0: all are equally likely,"
            + " whatever is learned; larger: the likeliest are drawn more often.",
        "Default: ${DEFAULT-VALUE}"
      })
  private double temperature = 1;

  @Option(
      names = "--learn-temperature",
      description = "Learn the temperature, too; needs --probability-gradient score-function")
  private boolean learnTemperature;

  @Option(
      names = "--probability-gradient",
      paramLabel = "HOW",
      description = {
        "How probabilities are learned. loss-weight: the logits of an image's transforms weigh its"
            + " loss. score-function: unbiased gradient of the expected loss, with more noise.",
        "Default: ${DEFAULT-VALUE}"
      })
  private ProbabilityGradient probabilityGradient = ProbabilityGradient.SCORE_FUNCTION;

  @Option(
      names = "--fixed-probabilities",
      description = "Learn no probabilities: all transforms stay equally likely")
  private boolean fixedProbabilities;

  @Option(
      names = "--fixed-magnitudes",
      description = "Learn no magnitudes: every transform keeps its full range")
  private boolean fixedMagnitudes;

  @Option(names = "--shared-magnitude", description = "Learn one magnitude for all transforms")
  private boolean sharedMagnitude;

  @Option(
      names = "--straight-through",
      paramLabel = "on|off",
      description = {
        "Whether magnitudes of transforms without a true gradient (posterize, solarize, cutout...)"
            + " are learned by an estimated gradient. off: they keep their full range.",
        "Default: ${DEFAULT-VALUE}"
      })
  private Switch straightThrough = Switch.ON;

  @Option(
      names = "--penalty-weights",
      paramLabel = "HOW",
      description =
          "What weighs the magnitudes in the penalty of --magnitude-regularizer. probability: how often the transform is drawn;"
              + " equal: nothing. Default: ${DEFAULT-VALUE}")
  private PenaltyWeights penaltyWeights = PenaltyWeights.PROBABILITY;

  @Option(
      names = "--repeats",
      paramLabel = "HOW",
      description = {
        "What becomes of a transform that is drawn for an image that has it already. left-out: the"
            + " image stays as it is, so that a transform's strength is that of images; applied: the"
            + " image gets it once more. Only learned policies can leave it out.",
        "Default: ${DEFAULT-VALUE}"
      })
  private Repeats repeats = Repeats.LEFT_OUT;

  @Mixin private final SamplingOptions sampling = new SamplingOptions();

  @Option(
      names = "--per-class",
      description = "Learn separate probabilities and magnitudes for every class of images")
  private boolean perClass;

  /**
   * Whether the policy is learned and cannot be tried transform by transform: it draws whole
   * sequences, or for every class by itself.
   */
  boolean cannotBeTried() {
    return augment.isLearned()
        && (perClass
            || augment.type().flatMap(PolicyType::learned).stream()
                .noneMatch(LearnedPolicyType::canBeTried));
  }

  void check() {
    InputRange.within(0, PolicyOptions.MOST_TRANSFORMS, "--length", length);
    InputRange.within(0, 1, "--magnitude", magnitude);
    if (initialMagnitude != null) {
      InputRange.within(0.01, 1, "--initial-magnitude", initialMagnitude);
    }
    InputRange.atLeast(0, "--temperature", temperature);
    if (replaySchedule && augment.file().isEmpty()) {
      throw new IllegalArgumentException(
          "--replay-schedule: given with --augment "
              + augment
              + ", allowed: with --augment FILE.json");
    }
    if (learnTemperature && probabilityGradient == ProbabilityGradient.LOSS_WEIGHT) {
      throw new IllegalArgumentException(
          "--learn-temperature: given with --probability-gradient loss-weight, which gives it no"
              + " gradient, allowed: with score-function");
    }
    requireLearned("--learn-temperature", learnTemperature);
    requireLearned("--per-class", perClass);
  }

  private void requireLearned(String option, boolean given) {
    if (given && !augment.isLearned()) {
      throw new IllegalArgumentException(
          option
              + ": given with --augment "
              + augment
              + ", allowed: with "
              + String.join(" or ", Augmentation.learned()));
    }
  }

  /** The files that {@link #createAugmenter} reads, by the name of their option without hyphens. */
  public Map<String, Path> inputFiles() {
    if (augment.file().isPresent()) {
      return Map.of("augment", augment.file().get());
    }
    return !augment.isNone() && transforms().endsWith(".json")
        ? Map.of("transforms", Path.of(transforms()))
        : Map.of();
  }

  /** Whether images are to count by the logits of what was drawn for them. */
  boolean weighsLosses() {
    return augment.isLearned() && probabilityGradient == ProbabilityGradient.LOSS_WEIGHT;
  }

  /** What is done with the images. */
  public Augmentation augmentation() {
    return augment;
  }

  /**
   * The policy before the first step; its tensors are in the current scope.
   *
   * @param shape of the images: what can do nothing to such is left out of the transform set
   * @param classes of the images
   * @throws IllegalArgumentException if a file or the transform set is unknown or malformed, or
   *     does not go with the images
   */
  public Augmenter createAugmenter(ImageShape shape, int classes) {
    return augment
        .file()
        .map(path -> fromFile(path, classes))
        .orElseGet(() -> named(augment.type().orElseThrow(), shape, classes));
  }

  /**
   * Names of the transforms of the set that a policy was made without, because they can do nothing
   * to such images.
   *
   * @param policy made by {@link #createAugmenter} for that shape
   */
  public List<String> leftOut(Augmenter policy, ImageShape shape) {
    if (augment.file().isPresent() || policy.transformPolicy().isEmpty()) {
      return List.of();
    }
    TransformSet set = transformSet();
    TransformSet usable = usable(set, shape);
    return policy.transformPolicy().get().transforms().equals(usable)
        ? set.names().stream().filter(name -> !usable.names().contains(name)).toList()
        : List.of();
  }

  private Augmenter named(PolicyType type, ImageShape shape, int classes) {
    PolicySettings settings =
        new PolicySettings(
            () -> usable(transformSet(), shape), policyOptions(classes), magnitude, classes);
    try {
      Augmenter policy = type.create(settings);
      return policy instanceof LearnablePolicy learnable
          ? learnable.withLearnedMagnitudes(initialMagnitude())
          : policy;
    } catch (IllegalArgumentException e) {
      throw e.getMessage().startsWith("--")
          ? e
          : new IllegalArgumentException("--augment " + augment + ": " + e.getMessage(), e);
    }
  }

  private Augmenter fromFile(Path path, int classes) {
    PolicyFile file = readPolicy(path);
    int own = file.policy().options().classes();
    if (own != 1 && own != classes) {
      throw new IllegalArgumentException(
          "--augment: "
              + path
              + " is for "
              + own
              + " classes, the images have "
              + classes
              + ", allowed: as many, or a policy for all classes");
    }
    if (!replaySchedule) {
      return new FrozenPolicy(file.policy());
    }
    try {
      return new ReplayedPolicy(file.policy(), file.history());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--replay-schedule: " + path + ": " + e.getMessage(), e);
    }
  }

  private static PolicyFile readPolicy(Path path) {
    try {
      return PolicyFile.read(path);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--augment: " + e.getMessage(), e);
    }
  }

  private double initialMagnitude() {
    return initialMagnitude == null
        ? TransformSets.initialMagnitude(transforms())
        : initialMagnitude;
  }

  /** The set of transforms, as it was given, or the policy's own. */
  public String transforms() {
    return transforms == null
        ? augment.type().map(PolicyType::transformSet).orElse(TransformSets.DEFAULT)
        : transforms;
  }

  private TransformSet transformSet() {
    TransformSet set = TransformSetChoice.resolve(transforms()).withSampling(sampling.sampling());
    return switch (straightThrough) {
      case ON -> set;
      case OFF -> set.withoutStraightThrough();
    };
  }

  private static TransformSet usable(TransformSet set, ImageShape shape) {
    try {
      return set.usableOn(shape.channels());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--transforms: " + e.getMessage(), e);
    }
  }

  private PolicyOptions policyOptions(int classes) {
    return PolicyOptions.builder()
        .length(length)
        .temperature(temperature)
        .probabilities(fixedProbabilities ? Learning.FIXED : Learning.LEARNED)
        .magnitudes(fixedMagnitudes ? Learning.FIXED : Learning.LEARNED)
        .sharing(sharedMagnitude ? MagnitudeSharing.SHARED : MagnitudeSharing.OWN)
        .temperatureLearning(learnTemperature ? Learning.LEARNED : Learning.FIXED)
        .probabilityGradient(probabilityGradient)
        .classes(perClass ? classes : 1)
        .penaltyWeights(penaltyWeights)
        .repeats(repeats)
        .build();
  }
}
