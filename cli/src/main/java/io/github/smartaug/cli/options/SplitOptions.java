package io.github.smartaug.cli.options;

import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.SplitFile;
import io.github.smartaug.input.InputRange;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which of the images are for training, validation and test. */
public final class SplitOptions {
  static final String SPLIT = "--split";

  private static final String FOLDS = "--folds";
  private static final String FOLD = "--fold";
  private static final String VALIDATION_COUNT = "--validation-count";

  @Option(
      names = "--validation-fraction",
      paramLabel = "F",
      description = {
        "Share of the training images that is held out for validation: they teach the policy and"
            + " choose the best epoch. Ignored if the data set has its own validation images.",
        "Default: ${DEFAULT-VALUE}"
      })
  private double validationFraction = Defaults.VALIDATION_FRACTION;

  @Option(
      names = VALIDATION_COUNT,
      paramLabel = "N",
      description =
          "Hold out N training images for validation, every class its share, whatever"
              + " --validation-fraction says. Default: that fraction")
  private Integer validationCount;

  @Option(
      names = "--limit-train",
      paramLabel = "N",
      description =
          "Use only N training images, validation images included; every class keeps its share")
  private Integer limitTrain;

  @Option(
      names = "--limit-test",
      paramLabel = "N",
      description = "Use only N test images; every class keeps its share")
  private Integer limitTest;

  @Option(
      names = FOLDS,
      paramLabel = "K",
      description = {
        "Cross-validation: cut the training images into K parts, every class its share, and test on"
            + " part --fold, train on the others. The parts are the same for every seed; the data"
            + " set's own test images are left out. smartaug benchmark runs all parts.",
        "Default: no cross-validation"
      })
  private Integer folds;

  @Option(
      names = FOLD,
      paramLabel = "I",
      description = "Which of the --folds is tested, from 1 to K")
  private Integer fold;

  @Option(
      names = SPLIT,
      paramLabel = "FILE.csv|RUN",
      converter = SplitOfRun.class,
      description = {
        "Use images as a file divides them: split.csv of a run, for which its folder may stand, or"
            + " one of your own with the columns image,class,part.",
        "Default: as the options above say"
      })
  private Path split;

  void check() {
    InputRange.strictlyBetweenZeroAndOne("--validation-fraction", validationFraction);
    checkCount(VALIDATION_COUNT, 1, validationCount);
    checkCount("--limit-train", 2, limitTrain);
    checkCount("--limit-test", 1, limitTest);
    checkCount(FOLDS, 2, folds);
    if (folds != null && fold == null) {
      throw new IllegalArgumentException(
          "--folds: %d, allowed: with --fold 1..%d; smartaug benchmark runs all"
              .formatted(folds, folds));
    }
    if (fold != null && folds == null) {
      throw new IllegalArgumentException("--fold: " + fold + ", allowed: with --folds K");
    }
    if (fold != null) {
      InputRange.within(1, folds, FOLD, fold);
    }
    if (split != null) {
      requireNoOther();
    }
  }

  private static void checkCount(String option, int least, Integer value) {
    if (value != null) {
      InputRange.atLeast(least, option, value);
    }
  }

  private void requireNoOther() {
    Stream.of(
            new Other(VALIDATION_COUNT, validationCount),
            new Other("--limit-train", limitTrain),
            new Other("--limit-test", limitTest),
            new Other(FOLDS, folds))
        .filter(other -> other.value != null)
        .findFirst()
        .ifPresent(
            other -> {
              throw new IllegalArgumentException(
                  other.option
                      + ": "
                      + other.value
                      + ", allowed with --split, whose file names all images: not given");
            });
  }

  private record Other(String option, Integer value) {}

  /** Number of folds of a cross-validation, if it was asked for and none of them chosen. */
  public OptionalInt allFolds() {
    return folds == null || fold != null ? OptionalInt.empty() : OptionalInt.of(folds);
  }

  /** The file that divides the images, by the name of its option. */
  public Map<String, Path> inputFiles() {
    return split == null ? Map.of() : Map.of(OptionNames.withoutHyphens(SPLIT), split);
  }

  /**
   * What a run uses of a data set.
   *
   * @throws IllegalArgumentException if the file is wrong, or the images are too few
   */
  DatasetBundle select(DatasetBundle all, long seed) {
    if (split != null) {
      return named(SPLIT, () -> SplitFile.select(split, all));
    }
    DatasetBundle bundle = folds == null ? limited(all, seed) : named(FOLDS, () -> folded(all));
    return validationCount == null
        ? bundle.ensureValidation(validationFraction, seed)
        : named(VALIDATION_COUNT, () -> bundle.ensureValidation(validationCount, seed));
  }

  private DatasetBundle limited(DatasetBundle all, long seed) {
    DatasetBundle limited = limitTrain == null ? all : all.limitTraining(limitTrain, seed);
    return limitTest == null ? limited : limited.limitTest(limitTest);
  }

  private DatasetBundle folded(DatasetBundle all) {
    DatasetBundle folded =
        limitTrain == null ? all.fold(fold, folds) : all.fold(fold, folds, limitTrain);
    return limitTest == null ? folded : folded.limitTest(limitTest);
  }

  private static DatasetBundle named(String option, Supplier<DatasetBundle> select) {
    try {
      return select.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }
}
