package io.github.smartaug.cli.benchmark;

import io.github.smartaug.run.benchmark.ArmResult;
import java.util.List;
import java.util.Locale;

/** Test accuracies as an SVG picture: one line per arm, a dot per seed, a bar at the mean. */
final class AccuracyChart {
  private static final int WIDTH = 800;
  private static final int LABELS = 150;
  private static final int ROW = 28;
  private static final int MARGIN = 24;
  private static final int TICKS = 5;

  private final List<ArmResult> arms;
  private final double low;
  private final double high;

  private AccuracyChart(List<ArmResult> arms) {
    this.arms = arms;
    double[] values =
        arms.stream()
            .flatMap(arm -> arm.runs().stream())
            .mapToDouble(run -> 100 * run.testAccuracy())
            .sorted()
            .toArray();
    double smallest = values[0];
    double largest = values[values.length - 1];
    double space = Math.max(0.5, 0.05 * (largest - smallest));
    low = smallest - space;
    high = largest + space;
  }

  /** The picture; empty if there are no runs. */
  static String svg(List<ArmResult> arms) {
    return arms.stream().allMatch(arm -> arm.runs().isEmpty())
        ? ""
        : new AccuracyChart(arms).draw();
  }

  private String draw() {
    int height = arms.size() * ROW + 2 * MARGIN;
    StringBuilder svg = new StringBuilder();
    svg.append(
        text(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"test accuracy of every run\">\n",
            WIDTH, height));
    for (int tick = 0; tick <= TICKS; tick++) {
      double value = low + (high - low) * tick / TICKS;
      svg.append(line(x(value), MARGIN / 2.0, x(value), height - MARGIN, "var(--line)", 1));
      svg.append(
          text(
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.1f</text>\n",
              x(value), height - 6, value));
    }
    for (int row = 0; row < arms.size(); row++) {
      svg.append(row(arms.get(row), MARGIN + row * ROW + ROW / 2.0 - MARGIN / 2.0));
    }
    return svg.append("</svg>\n").toString();
  }

  private String row(ArmResult arm, double y) {
    StringBuilder row = new StringBuilder();
    row.append(
        text(
            "<text x=\"0\" y=\"%.1f\">%s</text>\n",
            y + 4, BenchmarkPage.escaped(arm.arm().name())));
    if (!arm.runs().isEmpty()) {
      double mean = x(arm.test().mean());
      row.append(line(mean, y - 9, mean, y + 9, "currentColor", 2));
    }
    arm.runs()
        .forEach(
            run ->
                row.append(
                    text(
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\" fill=\"var(--mark)\""
                            + " fill-opacity=\"0.7\"><title>seed %d: %.2f %%</title></circle>\n",
                        x(100 * run.testAccuracy()), y, run.seed(), 100 * run.testAccuracy())));
    return row.toString();
  }

  private double x(double value) {
    return LABELS + (WIDTH - LABELS - MARGIN) * (value - low) / (high - low);
  }

  private static String line(double x1, double y1, double x2, double y2, String colour, int width) {
    return text(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>\n",
        x1, y1, x2, y2, colour, width);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
