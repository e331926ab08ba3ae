package io.github.smartaug.cli.console;

import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.TransformSequence;
import io.github.smartaug.train.LearningFindings;
import io.github.smartaug.train.LearningFindings.Finding;
import io.github.smartaug.train.TransformReport;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A policy as a table of text, the likeliest transform first; with how much each counts in the loss
 * where that is something else than how likely it is, and with what was learned beyond noise where
 * that is known.
 */
public final class PolicyTable {
  private static final int BAR = 20;

  /** Half of the last digit. */
  private static final double SHOWN = 5e-5;

  /** As wide as the longest entry. */
  private static final String LEARNED = "  %-22s";

  private PolicyTable() {}

  /**
   * The lines of the table; none for a policy without transforms.
   *
   * @param transforms what the policy chooses from, for the units of their values
   * @param findings what is known about the logits and magnitudes of the transforms
   */
  public static List<String> lines(
      List<TransformReport> policy, TransformSet transforms, LearningFindings findings) {
    if (policy.isEmpty()) {
      return List.of();
    }
    Map<String, NamedTransform> byName =
        transforms.transforms().stream()
            .collect(Collectors.toMap(NamedTransform::name, Function.identity()));
    int width = policy.stream().mapToInt(row -> row.name().length()).max().orElseThrow();
    double largest = policy.stream().mapToDouble(TransformReport::probability).max().orElseThrow();
    String layout = "  %-" + Math.max(width, "transform".length()) + "s  %-28s%s  %-9s%s  %s";
    boolean weighted = policy.stream().anyMatch(PolicyTable::isWeighted);
    Function<TransformReport, String> share =
        weighted
            ? row -> String.format(Locale.ROOT, "  %5.2f %%", 100 * row.lossShare())
            : row -> "";
    boolean tested =
        policy.stream().anyMatch(row -> !found(findings, row.name(), Finding::tested).isEmpty());
    Function<TransformReport, String> learned =
        tested ? row -> String.format(LEARNED, beyondNoise(findings, row.name())) : row -> "";
    return Stream.concat(
            Stream.of(
                String.format(
                    Locale.ROOT,
                    layout,
                    "transform",
                    "probability",
                    weighted ? "  of loss" : "",
                    "magnitude",
                    tested ? String.format(LEARNED, "beyond noise") : "",
                    "strength")),
            policy.stream()
                .sorted(Comparator.comparingDouble(TransformReport::probability).reversed())
                .map(
                    row ->
                        line(
                            layout,
                            row,
                            largest,
                            share.apply(row),
                            learned.apply(row),
                            byName.get(row.name()))))
        .map(String::stripTrailing)
        .toList();
  }

  private static String line(
      String layout,
      TransformReport row,
      double largest,
      String share,
      String learned,
      NamedTransform named) {
    boolean withValue = named.transform().usesValue();
    return String.format(
        Locale.ROOT,
        layout,
        row.name(),
        String.format(
            Locale.ROOT, "%5.2f %% %s", 100 * row.probability(), bar(row.probability() / largest)),
        share,
        withValue ? String.format(Locale.ROOT, "%.2f", row.magnitude()) : "   -",
        learned,
        withValue ? ValueText.strength(named, row.magnitude()) : "");
  }

  /** What of a transform moved beyond noise. */
  private static String beyondNoise(LearningFindings findings, String transform) {
    List<String> learned = found(findings, transform, Finding::learned);
    return learned.isEmpty() ? "-" : String.join(", ", learned);
  }

  private static List<String> found(
      LearningFindings findings, String transform, Predicate<Finding> which) {
    return Stream.of(LearnablePolicy.LOGITS, LearnablePolicy.MAGNITUDES)
        .filter(parameter -> findings.find(parameter, transform).filter(which).isPresent())
        .map(parameter -> parameter.equals(LearnablePolicy.LOGITS) ? "probability" : "magnitude")
        .toList();
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
