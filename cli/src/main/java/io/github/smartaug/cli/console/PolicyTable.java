package io.github.smartaug.cli.console;

import io.github.smartaug.train.TransformReport;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A policy as a table of text, the likeliest transform first. */
public final class PolicyTable {
  private static final int BAR = 20;

  private PolicyTable() {}

  /**
   * The lines of the table; none for a policy without transforms.
   *
   * @param withMagnitude names of the transforms that have a magnitude
   */
  public static List<String> lines(List<TransformReport> policy, Set<String> withMagnitude) {
    if (policy.isEmpty()) {
      return List.of();
    }
    int width = policy.stream().mapToInt(row -> row.name().length()).max().orElseThrow();
    double largest = policy.stream().mapToDouble(TransformReport::probability).max().orElseThrow();
    String layout = "  %-" + Math.max(width, "transform".length()) + "s  %-28s  %-26s";
    return Stream.concat(
            Stream.of(String.format(Locale.ROOT, layout, "transform", "probability", "magnitude")),
            policy.stream()
                .sorted(Comparator.comparingDouble(TransformReport::probability).reversed())
                .map(row -> line(layout, row, largest, withMagnitude)))
        .map(String::stripTrailing)
        .toList();
  }

  private static String line(
      String layout, TransformReport row, double largest, Set<String> withMagnitude) {
    return String.format(
        Locale.ROOT,
        layout,
        row.name(),
        String.format(
            Locale.ROOT, "%5.2f %% %s", 100 * row.probability(), bar(row.probability() / largest)),
        withMagnitude.contains(row.name())
            ? String.format(Locale.ROOT, "%.2f %s", row.magnitude(), bar(row.magnitude()))
            : "   -");
  }

  private static String bar(double fraction) {
    return "#".repeat((int) Math.round(BAR * fraction));
  }
}
