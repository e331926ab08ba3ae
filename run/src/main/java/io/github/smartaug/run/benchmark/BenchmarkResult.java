package io.github.smartaug.run.benchmark;

import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.run.RunJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A comparison: what was compared, and what came out so far.
 *
 * @param command with which it was begun or gone on with
 * @param options that all arms share
 * @param seeds of the runs, in their order
 * @param parallel runs at a time
 * @param arms in the order in which they were given
 * @param search every setting that was tried for the random arm, by its name, if one was searched
 */
public record BenchmarkResult(
    String command,
    Map<String, String> options,
    List<Long> seeds,
    int parallel,
    List<ArmResult> arms,
    Map<String, ArmRun> search) {
  /** The file in the folder of a comparison. */
  public static final String FILE = "benchmark.json";

  private static final String FORMAT = "smartaug-benchmark";
  private static final int VERSION = 1;

  /** Copies lists and maps. */
  public BenchmarkResult {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    seeds = List.copyOf(seeds);
    arms = List.copyOf(arms);
    search = Collections.unmodifiableMap(new LinkedHashMap<>(search));
  }

  /** What the comparison says about learning. */
  public Verdict verdict() {
    return Verdict.of(arms);
  }

  /** What learning has to beat, once it was run. */
  public Optional<ArmResult> reference() {
    return Verdict.reference(arms);
  }

  /** Training without augmentation, once it was run. */
  public Optional<ArmResult> plain() {
    return arms.stream()
        .filter(arm -> arm.arm().kind() == ArmKind.PLAIN && !arm.runs().isEmpty())
        .findFirst();
  }

  /** Number of runs that did not come to their end. */
  public int failures() {
    return arms.stream().mapToInt(arm -> arm.failures().size()).sum();
  }

  /** Whether every arm has a run of every seed. */
  public boolean isComplete() {
    return arms.stream().allMatch(arm -> arm.runs().size() == seeds.size());
  }

  /**
   * Writes the file.
   *
   * @throws IOException if writing fails; an earlier file is as it was then
   */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, RunJson.document(toJson()));
  }

  private Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("version", VERSION);
    json.put("command", command);
    json.put("options", options);
    json.put("seeds", seeds);
    json.put("parallel", parallel);
    json.put("complete", isComplete());
    json.put("arms", arms.stream().map(this::toJson).toList());
    Map<String, Object> tried = new LinkedHashMap<>();
    search.forEach((name, run) -> tried.put(name, run.toJson()));
    json.put("search", tried);
    json.put("reference", reference().map(arm -> arm.arm().name()).orElse(null));
    json.put("verdict", verdict().outcome().toString());
    json.put("sentence", verdict().sentence());
    return json;
  }

  private Map<String, Object> toJson(ArmResult arm) {
    Map<String, Object> json = arm.toJson();
    json.put(
        "overhead", plain().map(arm::timesTheTimeOf).map(r -> r.orElse(Double.NaN)).orElse(null));
    Map<String, Object> difference = new LinkedHashMap<>();
    reference()
        .map(arm::minus)
        .ifPresent(
            paired -> {
              difference.put("points", paired.mean());
              difference.put("half_width", paired.halfWidth());
              difference.put("seeds", paired.seeds());
            });
    json.put("difference_to_reference", difference);
    return json;
  }
}
