package io.github.smartaug.run.comparison;

import io.github.smartaug.run.RunJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs, grouped by configuration. The best group comes first.
 *
 * @param groups at least one
 * @param shared the configuration that all runs have in common
 * @param leftOut runs that are not compared, each with the reason
 */
public record RunComparison(
    List<RunGroup> groups, Map<String, String> shared, List<String> leftOut) {
  /** Copies lists and map. */
  public RunComparison {
    groups = List.copyOf(groups);
    shared = Collections.unmodifiableMap(new LinkedHashMap<>(shared));
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Compares runs.
   *
   * @param runs at least one
   * @param leftOut runs that are not compared, each with the reason
   */
  public static RunComparison of(List<ComparedRun> runs, List<String> leftOut) {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(run -> names.addAll(run.configuration().keySet()));
    Map<String, String> shared = new LinkedHashMap<>();
    List<String> differing = new ArrayList<>();
    for (String name : names) {
      Set<String> values =
          runs.stream()
              .map(run -> run.configuration().getOrDefault(name, ""))
              .collect(Collectors.toSet());
      if (values.size() > 1) {
        differing.add(name);
      } else {
        shared.put(name, values.iterator().next());
      }
    }
    Map<Map<String, String>, List<ComparedRun>> byConfiguration = new LinkedHashMap<>();
    for (ComparedRun run : runs) {
      byConfiguration
          .computeIfAbsent(run.configuration(), configuration -> new ArrayList<>())
          .add(run);
    }
    List<RunGroup> groups = new ArrayList<>();
    byConfiguration.forEach(
        (configuration, some) ->
            groups.add(new RunGroup(name(configuration, differing, shared), some)));
    groups.sort((a, b) -> Double.compare(b.accuracy().mean(), a.accuracy().mean()));
    return new RunComparison(groups, shared, leftOut);
  }

  private static String name(
      Map<String, String> configuration, List<String> differing, Map<String, String> shared) {
    if (differing.isEmpty()) {
      return shared.getOrDefault("model", "all runs");
    }
    // What a run does not have says little, unless there is nothing else.
    List<String> own = differing.stream().filter(configuration::containsKey).toList();
    return (own.isEmpty() ? differing : own)
        .stream()
            .map(name -> name + " " + configuration.getOrDefault(name, "-"))
            .collect(Collectors.joining(", "));
  }

  /** For programs: one JSON object, indented. */
  public String json() {
    return RunJson.document(content());
  }

  /** All of it by name. */
  public Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("groups", groups.stream().map(RunComparison::content).toList());
    content.put("shared", shared);
    content.put("left_out", leftOut);
    return content;
  }

  private static Map<String, Object> content(RunGroup group) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", group.name());
    content.put("accuracy", group.accuracy());
    content.put("seconds_per_epoch", group.secondsPerEpoch());
    content.put("memory_bytes", group.memoryBytes());
    content.put("runs", group.runs());
    return content;
  }
}
