package io.github.smartaug.cli.console;

import io.github.smartaug.augment.TransformSequence;
import io.github.smartaug.train.TransformReport;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A policy as a table of text, the likeliest transform first; with how much each counts in the loss
 * where that is something else than how likely it is.
 */
public final class PolicyTable {
  private static final int BAR = 20;

  /** Half of the last digit. */
  private static final double SHOWN = 5e-5;

  private PolicyTable() {}

  /**
   * The lines of the table; none for a policy without transforms.
   *
   * @param transforms what the policy chooses from, for the units of their values
   */
  public static List<String> lines(List<TransformReport> policy, TransformSet transforms) {
    if (policy.isEmpty()) {
      return List.of();
    }
    Map<String, NamedTransform> byName =
        transforms.transforms().stream()
            .collect(Collectors.toMap(NamedTransform::name, Function.identity()));
    int width = policy.stream().mapToInt(row -> row.name().length()).max().orElseThrow();
    double largest = policy.stream().mapToDouble(TransformReport::probability).max().orElseThrow();
    String layout = "  %-" + Math.max(width, "transform".length()) + "s  %-28s%s  %-9s  %s";
    boolean weighted = policy.stream().anyMatch(PolicyTable::isWeighted);
    Function<TransformReport, String> share =
        weighted
            ? row -> String.format(Locale.ROOT, "  %5.2f %%", 100 * row.lossShare())
            : row -> "";
    return Stream.concat(
            Stream.of(
                String.format(
                    Locale.ROOT,
                    layout,
                    "transform",
                    "probability",
                    weighted ? "  of loss" : "",
                    "magnitude",
                    "strength")),
            policy.stream()
                .sorted(Comparator.comparingDouble(TransformReport::probability).reversed())
                .map(row -> line(layout, row, largest, share.apply(row), byName.get(row.name()))))
        .map(String::stripTrailing)
        .toList();
  }

  private static String line(
      String layout, TransformReport row, double largest, String share, NamedTransform named) {
    boolean withValue = named.transform().usesValue();
    return String.format(
        Locale.ROOT,
        layout,
        row.name(),
        String.format(
            Locale.ROOT, "%5.2f %% %s", 100 * row.probability(), bar(row.probability() / largest)),
        share,
        withValue ? String.format(Locale.ROOT, "%.2f", row.magnitude()) : "   -",
        withValue ? ValueText.strength(named, row.magnitude()) : "");
  }

  /** A line for each sequence: {@code 12.50 % FlipLR, then Rotate}. */
  public static List<String> lines(List<TransformSequence> sequences) {
    return sequences.stream()
        .map(
            sequence ->
                String.format(
                    Locale.ROOT,
                    "  %5.2f %%  %s",
                    100 * sequence.probability(),
                    String.join(", then ", sequence.transforms())))
        .toList();
  }

  private static boolean isWeighted(TransformReport row) {
    return Math.abs(row.lossShare() - row.probability()) > SHOWN;
  }

  private static String bar(double fraction) {
    return "#".repeat((int) Math.round(BAR * fraction));
  }
}
