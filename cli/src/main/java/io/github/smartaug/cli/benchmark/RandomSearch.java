package io.github.smartaug.cli.benchmark;

import io.github.smartaug.cli.options.ComparisonOptions;
import io.github.smartaug.run.benchmark.Arm;
import io.github.smartaug.run.benchmark.ArmRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The search for the length and the magnitude of a random policy: one run for each pair, of a seed
 * that no arm has; the best on validation images is taken.
 */
final class RandomSearch {
  /** The folder of its runs. */
  static final String FOLDER = "random-search";

  /** From the first seed of the comparison: so far that further seeds do not meet it. */
  private static final long SEED_DISTANCE = 1_000_000;

  private final Arm arm;
  private final long seed;
  private final Map<String, String> ofItsRuns;
  private final Map<String, Map<String, String>> settings = new LinkedHashMap<>();

  /**
   * A search for the setting of an arm.
   *
   * @param ofItsRuns options that its runs have beside those of the arm
   */
  RandomSearch(
      Arm arm, ComparisonOptions comparison, long firstSeed, Map<String, String> ofItsRuns) {
    this.arm = arm;
    this.ofItsRuns = ofItsRuns;
    this.seed = firstSeed + SEED_DISTANCE;
    for (int length : comparison.randomLengths()) {
      for (double magnitude : comparison.randomMagnitudes()) {
        settings.put(
            "length-" + length + "-magnitude-" + magnitude,
            Map.of("length", Integer.toString(length), "magnitude", Double.toString(magnitude)));
      }
    }
  }

  /** Whether it is this arm whose setting is searched. */
  boolean isFor(Arm other) {
    return other.name().equals(arm.name());
  }

  /** What has to be run; nothing if there is no choice. */
  List<PlannedRun> runs() {
    List<PlannedRun> runs = new ArrayList<>();
    if (settings.size() > 1) {
      settings.forEach(
          (name, options) ->
              runs.add(
                  new PlannedRun(arm.with(options).with(ofItsRuns), seed, FOLDER + "/" + name)));
    }
    return runs;
  }

  /**
   * The arm with the best setting.
   *
   * @param results by the name of the setting
   */
  Arm best(Map<String, ArmRun> results) {
    if (settings.size() == 1) {
      return arm.with(settings.values().iterator().next());
    }
    return results.entrySet().stream()
        .max(
            Map.Entry.comparingByValue(
                Comparator.comparingDouble(ArmRun::validationAccuracy)
                    .thenComparingDouble(run -> -run.validationLoss())))
        .map(best -> arm.with(settings.get(best.getKey())))
        .orElse(arm);
  }

  /** The name of a setting, from the folder of its run. */
  static String nameOf(PlannedRun run) {
    return run.folder().substring(FOLDER.length() + 1);
  }
}
