package io.github.smartaug.cli.options;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.LearnedPolicy;
import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.augment.PolicyOptions.MagnitudeSharing;
import io.github.smartaug.augment.RandAugment;
import io.github.smartaug.train.MixedLoss;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import picocli.CommandLine.Option;

/** How training images are changed. */
public final class AugmentationOptions {
  @Option(
      names = "--augment",
      paramLabel = "WHAT",
      description = {
        "none: images as they are. random: N random transforms, all equally likely and equally"
            + " strong (RandAugment). learned: probabilities and magnitudes are learned by gradient,"
            + " jointly with the model.",
        "Default: ${DEFAULT-VALUE}"
      })
  private Augmentation augment = Augmentation.LEARNED;

  @Option(
      names = "--transforms",
      paramLabel = "NAME|FILE",
      description = {
        "Transforms to choose from: the name of a set (see smartaug info) or a JSON file.",
        "Default: ${DEFAULT-VALUE}"
      })
  private String transforms = TransformSets.DEFAULT;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Transforms that an image gets in turn. Default: ${DEFAULT-VALUE}")
  private int length = Defaults.LENGTH;

  @Option(
      names = "--magnitude",
      paramLabel = "M",
      description =
          "Strength of random augmentation, 0 (weakest) to 1 (strongest)."
              + " Default: ${DEFAULT-VALUE}")
  private double magnitude = 0.5;

  @Option(
      names = "--unsupervised-weight",
      paramLabel = "L",
      description = {
        "Weight of the augmented images in the loss: CE(clean) + L (CE(augmented) + KL(clean ||"
            + " augmented)). 0: train on augmented images alone.",
        "Default: ${DEFAULT-VALUE}"
      })
  private double unsupervisedWeight = 1;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = {
        "Transforms are drawn from softmax(T * logits): 0 draws uniformly whatever is learned,"
            + " larger follows the logits more closely.",
        "Default: ${DEFAULT-VALUE}"
      })
  private double temperature = 1;

  @Option(
      names = "--fixed-probabilities",
      description = "Do not learn probabilities: all transforms stay equally likely")
  private boolean fixedProbabilities;

  @Option(
      names = "--fixed-magnitudes",
      description = "Do not learn magnitudes: all transforms keep their largest")
  private boolean fixedMagnitudes;

  @Option(names = "--shared-magnitude", description = "Learn one magnitude for all transforms")
  private boolean sharedMagnitude;

  @Option(
      names = "--straight-through",
      paramLabel = "on|off",
      description = {
        "Whether magnitudes of transforms without a true gradient (posterize, solarize, cutout...)"
            + " are learned through an estimate. off: they keep their largest.",
        "Default: ${DEFAULT-VALUE}"
      })
  private Switch straightThrough = Switch.ON;

  void check() {
    Range.atLeast(0, "--length", length);
    Range.within(0, 1, "--magnitude", magnitude);
    Range.atLeast(0, "--unsupervised-weight", unsupervisedWeight);
    Range.atLeast(0, "--temperature", temperature);
  }

  /** What is done with the images. */
  public Augmentation augmentation() {
    return augment;
  }

  /**
   * The policy before the first step; a learned one is in the current scope.
   *
   * @throws IllegalArgumentException if the transform set is unknown or malformed
   */
  public Augmenter createAugmenter() {
    return switch (augment) {
      case NONE -> new NoAugmentation();
      case RANDOM -> new RandAugment(transformSet(), length, magnitude);
      case LEARNED -> LearnedPolicy.initial(transformSet(), policyOptions());
    };
  }

  /** The loss on clean and augmented images. */
  public MixedLoss loss() {
    return new MixedLoss(unsupervisedWeight);
  }

  private TransformSet transformSet() {
    try {
      TransformSet set = TransformSets.resolve(transforms);
      return switch (straightThrough) {
        case ON -> set;
        case OFF -> set.withoutStraightThrough();
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--transforms: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--transforms: " + transforms + " cannot be read: " + e.getMessage(), e);
    }
  }

  private PolicyOptions policyOptions() {
    return new PolicyOptions(
        length,
        temperature,
        fixedProbabilities ? Learning.FIXED : Learning.LEARNED,
        fixedMagnitudes ? Learning.FIXED : Learning.LEARNED,
        sharedMagnitude ? MagnitudeSharing.SHARED : MagnitudeSharing.OWN);
  }
}
