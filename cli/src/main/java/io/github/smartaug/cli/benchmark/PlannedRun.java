package io.github.smartaug.cli.benchmark;

import io.github.smartaug.run.benchmark.Arm;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One run of a comparison.
 *
 * @param arm what is run
 * @param seed of the run
 * @param folder of the run, within that of the comparison
 */
record PlannedRun(Arm arm, long seed, String folder) {
  /** The run of an arm with a seed. */
  static PlannedRun of(Arm arm, long seed) {
    return new PlannedRun(arm, seed, arm.name() + "/seed-" + seed);
  }

  /** The run of an arm on one fold of a cross-validation, from 1. */
  static PlannedRun ofFold(Arm arm, long seed, int fold) {
    return new PlannedRun(arm.with(fold(fold)), seed, arm.name() + "/fold-" + fold);
  }

  /** The option that says on which fold a run is tested. */
  static Map<String, String> fold(int fold) {
    return Map.of("fold", Integer.toString(fold));
  }

  /** All its options but for the place, by name. */
  Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>(arm.options());
    options.put("seed", Long.toString(seed));
    return options;
  }

  @Override
  public String toString() {
    return folder;
  }
}
