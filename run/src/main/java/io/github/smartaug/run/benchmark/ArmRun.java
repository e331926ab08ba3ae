package io.github.smartaug.run.benchmark;

import io.github.smartaug.run.LogEntry;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunResult;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run of an arm gave.
 *
 * @param seed of the run
 * @param testAccuracy of the model that the run saved, in [0,1]
 * @param validationAccuracy of the same model, in [0,1]
 * @param validationLoss of the same model
 * @param seconds of all epochs
 * @param peakMemoryBytes largest resident size of the process
 */
public record ArmRun(
    long seed,
    double testAccuracy,
    double validationAccuracy,
    double validationLoss,
    double seconds,
    long peakMemoryBytes) {
  /**
   * Of a finished run.
   *
   * @throws IllegalArgumentException if its result cannot be read; the message names the file
   */
  public static ArmRun of(long seed, RunFolder folder) {
    RunResult result = folder.result();
    LogEntry saved = result.log().get(result.bestEpoch() - 1);
    return new ArmRun(
        seed,
        result.testAccuracy(),
        saved.validationAccuracy(),
        saved.validationLoss(),
        result.secondsTotal(),
        result.peakMemoryBytes());
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", seed);
    json.put("test_accuracy", testAccuracy);
    json.put("validation_accuracy", validationAccuracy);
    json.put("validation_loss", validationLoss);
    json.put("seconds", seconds);
    json.put("peak_memory_bytes", peakMemoryBytes);
    return json;
  }
}
