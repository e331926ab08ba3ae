package io.github.smartaug.cli.compare;

import io.github.smartaug.cli.console.TextTable;
import io.github.smartaug.run.benchmark.Spread;
import io.github.smartaug.run.comparison.RunComparison;
import io.github.smartaug.run.comparison.RunGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of a comparison, a row per configuration, the best first. */
public final class ComparisonTable {
  private static final String NOTHING = "-";

  private ComparisonTable() {}

  /** Lines for the terminal. */
  public static List<String> lines(RunComparison comparison) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(
        List.of("configuration", "runs", "test accuracy (%)", "seconds / epoch", "memory (MB)"));
    comparison.groups().forEach(group -> cells.add(row(group)));
    return TextTable.lines(cells);
  }

  private static List<String> row(RunGroup group) {
    double memory = group.memoryBytes().mean();
    return List.of(
        group.name(),
        Integer.toString(group.runs().size()),
        text(group.accuracy()),
        text(group.secondsPerEpoch()),
        Double.isNaN(memory) ? NOTHING : String.format(Locale.ROOT, "%.0f", memory / (1 << 20)));
  }

  private static String text(Spread spread) {
    if (spread.size() == 0) {
      return NOTHING;
    }
    return spread.size() < 2
        ? String.format(Locale.ROOT, "%.2f", spread.mean())
        : String.format(Locale.ROOT, "%.2f +- %.2f", spread.mean(), spread.deviation());
  }
}
