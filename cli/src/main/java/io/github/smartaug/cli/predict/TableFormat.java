package io.github.smartaug.cli.predict;

import io.github.smartaug.cli.console.OneLine;
import io.github.smartaug.run.Prediction;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table for people: image, likeliest class, its probability, and the next likeliest. */
final class TableFormat implements PredictionFormat {
  private static final int WIDEST_NAME = 60;
  private static final int WIDEST_CLASS = 30;

  private final List<String> classNames;
  private final int top;
  private final String columns;

  /**
   * A table.
   *
   * @param longestName characters of an image's name
   * @param top classes that are shown of an image, from 1 to all
   */
  TableFormat(List<String> classNames, int longestName, int top) {
    this.classNames = classNames.stream().map(OneLine::of).toList();
    this.top = top;
    int nameWidth = Math.max("image".length(), Math.min(longestName, WIDEST_NAME));
    int longestClass = this.classNames.stream().mapToInt(String::length).max().orElse(0);
    int classWidth = Math.max("class".length(), Math.min(longestClass, WIDEST_CLASS));
    this.columns = "%-" + nameWidth + "s  %-" + classWidth + "s  %11s  %s";
  }

  @Override
  public void begin(Appendable out) throws IOException {
    append(out, "image", "class", "probability", top > 1 ? "next likeliest" : "");
  }

  @Override
  public void add(String image, Prediction prediction, Appendable out) throws IOException {
    double[] probabilities = prediction.probabilities();
    String others =
        prediction.likeliest(top).stream()
            .skip(1)
            .map(index -> classNames.get(index) + " " + percent(probabilities[index]))
            .collect(Collectors.joining(", "));
    append(
        out,
        OneLine.of(image),
        classNames.get(prediction.classIndex()),
        percent(prediction.probability()),
        others);
  }

  private void append(Appendable out, Object... fields) throws IOException {
    out.append(String.format(Locale.ROOT, columns, fields).stripTrailing())
        .append(System.lineSeparator());
  }

  @Override
  public void end(Appendable out) {
    // The last line is complete.
  }

  private static String percent(double probability) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * probability);
  }
}
