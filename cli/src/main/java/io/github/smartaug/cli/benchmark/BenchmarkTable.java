package io.github.smartaug.cli.benchmark;

import io.github.smartaug.cli.console.TextTable;
import io.github.smartaug.run.benchmark.ArmResult;
import io.github.smartaug.run.benchmark.BenchmarkResult;
import io.github.smartaug.run.benchmark.PairedDifference;
import io.github.smartaug.run.benchmark.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The table of a comparison, one row per arm. */
final class BenchmarkTable {
  private static final String NOTHING = "-";

  private BenchmarkTable() {}

  /** Head and rows; all rows have as many cells. */
  static List<List<String>> cells(BenchmarkResult result) {
    String reference = result.reference().map(arm -> arm.arm().name()).orElse(NOTHING);
    List<List<String>> cells = new ArrayList<>();
    cells.add(
        List.of(
            "arm",
            "seeds",
            "test accuracy (%)",
            "minus " + reference + " (95 %)",
            "seconds",
            "times plain",
            "search (s)",
            "memory (MB)"));
    result.arms().forEach(arm -> cells.add(row(arm, result)));
    return cells;
  }

  private static List<String> row(ArmResult arm, BenchmarkResult result) {
    if (arm.runs().isEmpty()) {
      return List.of(arm.arm().name(), "0", NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);
    }
    Optional<OptionalDouble> overhead = result.plain().map(arm::timesTheTimeOf);
    return List.of(
        arm.arm().name(),
        Integer.toString(arm.runs().size()),
        accuracy(arm.test()),
        result
            .reference()
            .filter(reference -> !reference.equals(arm))
            .map(reference -> difference(arm.minus(reference)))
            .orElse(NOTHING),
        text("%.1f", arm.seconds().mean()),
        overhead.isPresent() && overhead.get().isPresent()
            ? text("%.2f", overhead.get().getAsDouble())
            : NOTHING,
        arm.searchSeconds() > 0 ? text("%.1f", arm.searchSeconds()) : NOTHING,
        Long.toString(arm.peakMemoryBytes() >> 20));
  }

  private static String accuracy(Spread spread) {
    return spread.size() < 2
        ? text("%.2f", spread.mean())
        : text("%.2f +- %.2f", spread.mean(), spread.deviation());
  }

  private static String difference(PairedDifference difference) {
    if (difference.seeds() == 0) {
      return NOTHING;
    }
    return difference.seeds() < 2
        ? text("%+.2f", difference.mean())
        : text("%+.2f +- %.2f", difference.mean(), difference.halfWidth());
  }

  /** For a terminal: the first column left, the others right. */
  static List<String> lines(BenchmarkResult result) {
    return TextTable.lines(cells(result));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
