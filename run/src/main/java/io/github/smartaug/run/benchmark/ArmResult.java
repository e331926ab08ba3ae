package io.github.smartaug.run.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * All that an arm gave. Accuracies are in points, from 0 to 100.
 *
 * @param arm what was run
 * @param runs that came to their end, one per seed
 * @param failures why the others did not, by their seed
 * @param searchSeconds what it took to find the arm's options; 0 if nothing was searched
 */
public record ArmResult(
    Arm arm, List<ArmRun> runs, Map<Long, String> failures, double searchSeconds) {
  /** Copies list and map. */
  public ArmResult {
    runs = List.copyOf(runs);
    failures = Collections.unmodifiableMap(new TreeMap<>(failures));
  }

  /** Test accuracy of the models that were saved. */
  public Spread test() {
    return spread(run -> 100 * run.testAccuracy());
  }

  /** Validation accuracy of the same models: by it arms are chosen. */
  public Spread validation() {
    return spread(run -> 100 * run.validationAccuracy());
  }

  /** Time of a run. */
  public Spread seconds() {
    return spread(ArmRun::seconds);
  }

  /** The largest of all runs; 0 without any. */
  public long peakMemoryBytes() {
    return runs.stream().mapToLong(ArmRun::peakMemoryBytes).max().orElse(0);
  }

  private Spread spread(ToDoubleFunction<ArmRun> value) {
    return Spread.of(runs.stream().mapToDouble(value).toArray());
  }

  /** How much better this arm is on test images, in points, over the seeds that both have. */
  public PairedDifference minus(ArmResult other) {
    return PairedDifference.of(
        runs.stream()
            .flatMapToDouble(
                run ->
                    other.runs.stream()
                        .filter(paired -> paired.seed() == run.seed())
                        .mapToDouble(paired -> 100 * (run.testAccuracy() - paired.testAccuracy())))
            .toArray());
  }

  /** How many times as long a run takes as one of another arm; empty if one of them has none. */
  public OptionalDouble timesTheTimeOf(ArmResult other) {
    double ratio = seconds().mean() / other.seconds().mean();
    return Double.isFinite(ratio) ? OptionalDouble.of(ratio) : OptionalDouble.empty();
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", arm.name());
    json.put("kind", arm.kind().toString());
    json.put("options", arm.options());
    json.put("test_accuracy_mean", test().mean() / 100);
    json.put("test_accuracy_deviation", test().deviation() / 100);
    json.put("validation_accuracy_mean", validation().mean() / 100);
    json.put("seconds_mean", seconds().mean());
    json.put("seconds_search", searchSeconds);
    json.put("peak_memory_bytes", peakMemoryBytes());
    json.put("runs", runs.stream().map(ArmRun::toJson).toList());
    json.put("failures", failures);
    return json;
  }
}
