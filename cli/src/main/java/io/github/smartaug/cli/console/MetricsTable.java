package io.github.smartaug.cli.console;

import io.github.smartaug.metric.AverageScores;
import io.github.smartaug.metric.ClassScores;
import io.github.smartaug.metric.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An evaluation as a table of text, class by class. */
public final class MetricsTable {
  private MetricsTable() {}

  /** The lines of the table. */
  public static List<String> lines(Evaluation evaluation, List<String> classNames) {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "accuracy %.2f %%%s, loss %.4f, calibration error %.4f",
            100 * evaluation.accuracy(),
            classNames.size() > 5
                ? text(", top 5 %.2f %%", 100 * evaluation.topFiveAccuracy())
                : "",
            evaluation.loss(),
            evaluation.calibrationError()));
    int width =
        Math.max(
            "macro average".length(), classNames.stream().mapToInt(String::length).max().orElse(0));
    String columns = "  %-" + width + "s  %8s  %9s  %9s  %9s";
    lines.add(text(columns, "class", "images", "precision", "recall", "F1"));
    List<ClassScores> scores = evaluation.confusion().perClass();
    long images = 0;
    for (int c = 0; c < scores.size(); c++) {
      ClassScores row = scores.get(c);
      images += row.support();
      lines.add(
          line(columns, classNames.get(c), row.support(), row.precision(), row.recall(), row.f1()));
    }
    lines.add(average(columns, "macro average", images, evaluation.confusion().macro()));
    lines.add(average(columns, "micro average", images, evaluation.confusion().micro()));
    return lines;
  }

  private static String average(String columns, String name, long images, AverageScores scores) {
    return line(columns, name, images, scores.precision(), scores.recall(), scores.f1());
  }

  private static String line(
      String columns, String name, long images, double precision, double recall, double f1) {
    return text(columns, name, images, share(precision), share(recall), share(f1));
  }

  private static String share(double value) {
    return text("%.4f", value);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
