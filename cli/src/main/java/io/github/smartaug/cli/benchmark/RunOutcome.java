package io.github.smartaug.cli.benchmark;

import io.github.smartaug.run.benchmark.ArmRun;
import java.util.Locale;
import java.util.Optional;

/**
 * How a run of a comparison ended.
 *
 * @param run that ended
 * @param result what it gave, unless it failed
 * @param words in which a user is told
 */
record RunOutcome(PlannedRun run, Optional<ArmRun> result, String words) {
  static RunOutcome finished(PlannedRun run, ArmRun result, boolean before) {
    String words =
        String.format(
            Locale.ROOT,
            "test %.2f %%, validation %.2f %%, %.0f s%s",
            100 * result.testAccuracy(),
            100 * result.validationAccuracy(),
            result.seconds(),
            before ? " (finished before)" : "");
    return new RunOutcome(run, Optional.of(result), words);
  }

  static RunOutcome failed(PlannedRun run, String reason) {
    return new RunOutcome(run, Optional.empty(), reason);
  }
}
