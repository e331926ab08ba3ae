package io.github.smartaug.cli.options;

import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.input.InputRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a benchmark compares. */
public final class ComparisonOptions {
  private static final int MOST_SEEDS = 1000;

  @Option(
      names = "--arms",
      paramLabel = "NAME",
      split = ",",
      completionCandidates = NameCandidates.OfArms.class,
      description = {
        "Ways to train that are compared, with commas between them. Of these:",
        "none, without augmentation;",
        "random, RandAugment of the length and the magnitude that do best on validation images;",
        "trivial-wide, TrivialAugment with its wide set;",
        "unlearned, all that learning takes with nothing learned;",
        "learned, sequence, the policies that are learned;",
        "oracle, the policy of --oracle.",
        "Default: ${DEFAULT-VALUE}"
      },
      defaultValue = "none,random,trivial-wide,unlearned,learned,sequence")
  private List<String> arms;

  @Option(
      names = "--arms-file",
      paramLabel = "FILE.json",
      description =
          "Further arms: an object with a list of options of smartaug train for each name, such as"
              + " {\"slow\": [\"--meta-lr\", \"0.001\"]}")
  private String armsFile;

  @Option(
      names = "--oracle",
      paramLabel = "FILE.json",
      description =
          "Policy of the arm oracle. Default: oracle.json in the folder of the data, which"
              + " smartaug datasets make-shift writes")
  private String oracle;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "Runs of each arm, with the seeds S, S + 1, ... of --seed S. With --folds K, there are K"
              + " of them, one for each fold. Default: ${DEFAULT-VALUE}")
  private int seeds = 5;

  @Option(
      names = "--random-lengths",
      paramLabel = "N",
      split = ",",
      description = "Lengths that are tried for the arm random. Default: ${DEFAULT-VALUE}",
      defaultValue = "1,2")
  private List<Integer> randomLengths;

  @Option(
      names = "--random-magnitudes",
      paramLabel = "M",
      split = ",",
      description = "Magnitudes that are tried with each of them. Default: ${DEFAULT-VALUE}",
      defaultValue = "0.25,0.5,0.75")
  private List<Double> randomMagnitudes;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "Runs at a time, each a process with its share of the cores. Times are then those of"
              + " busy cores. Default: ${DEFAULT-VALUE}")
  private int parallel = 1;

  /**
   * Checks all numbers.
   *
   * @throws IllegalArgumentException that names the option
   */
  public void check() {
    InputRange.within(1, MOST_SEEDS, "--seeds", seeds);
    InputRange.within(1, Runtime.getRuntime().availableProcessors(), "--parallel", parallel);
    randomLengths.forEach(
        n -> InputRange.within(0, PolicyOptions.MOST_TRANSFORMS, "--random-lengths", n));
    randomMagnitudes.forEach(m -> InputRange.within(0, 1, "--random-magnitudes", m));
    if (arms.stream().distinct().count() < arms.size()) {
      throw new IllegalArgumentException(
          "--arms: " + String.join(",", arms) + ", allowed: each name once");
    }
  }

  /** Names of arms. */
  public List<String> arms() {
    return List.copyOf(arms);
  }

  /** The file of further arms, if given. */
  public Optional<Path> armsFile() {
    return Optional.ofNullable(armsFile).map(text -> PathText.parse("--arms-file", text));
  }

  /** The policy of the oracle, if given. */
  public Optional<Path> oracle() {
    return Optional.ofNullable(oracle).map(text -> PathText.parse("--oracle", text));
  }

  /** Runs of each arm. */
  public int seeds() {
    return seeds;
  }

  /** Lengths that are tried for random policies. */
  public List<Integer> randomLengths() {
    return randomLengths.stream().distinct().toList();
  }

  /** Magnitudes that are tried for random policies. */
  public List<Double> randomMagnitudes() {
    return randomMagnitudes.stream().distinct().toList();
  }

  /** Runs at a time. */
  public int parallel() {
    return parallel;
  }
}
