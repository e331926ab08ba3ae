package io.github.smartaug.run;

import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.train.EpochReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Learned hyperparameters under the names of the log: {@code lr}, {@code momentum}, ... */
public final class LearnedValues {
  private LearnedValues() {}

  /** By name; empty if nothing of the kind is learned. */
  public static Map<String, Double> of(EpochReport report) {
    Map<String, Double> values = new LinkedHashMap<>();
    report.learnedHyperparameters().forEach((name, value) -> values.put(shortName(name), value));
    return values;
  }

  /** As a line for people. */
  public static String line(EpochReport report) {
    return report.learnedHyperparameters().entrySet().stream()
        .map(
            entry ->
                String.format(Locale.ROOT, "%s %.4g", shortName(entry.getKey()), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String shortName(String name) {
    return name.equals(Hyperparameters.LEARNING_RATE) ? "lr" : name;
  }
}
