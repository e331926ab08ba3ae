package io.github.smartaug.cli.benchmark;

import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.run.benchmark.ArmResult;
import io.github.smartaug.run.benchmark.ArmRun;
import io.github.smartaug.run.benchmark.BenchmarkResult;
import io.github.smartaug.run.benchmark.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A comparison as a page that needs nothing else: no scripts, no other files, no network. */
final class BenchmarkPage {
  /** Its name in the folder of a comparison. */
  static final String FILE = "benchmark.html";

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --line: #8886; --mark: #2a6fbb; }
      @media (prefers-color-scheme: dark) { :root { --mark: #7fb4ee; } }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 66rem; margin: 2rem auto;
        padding: 0 1rem; }
      h1 { font-size: 1.4rem; }
      h2 { font-size: 1.1rem; margin-top: 2rem; }
      .table { overflow-x: auto; }
      table { border-collapse: collapse; }
      th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: right;
        white-space: nowrap; font-variant-numeric: tabular-nums; }
      th:first-child, td:first-child { text-align: left; }
      svg { width: 100%; height: auto; }
      svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
      code { overflow-wrap: anywhere; }
      """;

  private final BenchmarkResult result;
  private final StringBuilder html = new StringBuilder();

  private BenchmarkPage(BenchmarkResult result) {
    this.result = result;
  }

  /**
   * Writes the page.
   *
   * @throws IOException if writing fails; an earlier page is as it was then
   */
  static void write(Path file, BenchmarkResult result) throws IOException {
    AtomicFile.write(file, new BenchmarkPage(result).html());
  }

  private String html() {
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width\">\n");
    html.append("<title>Benchmark</title>\n<style>\n").append(STYLE).append("</style>\n</head>\n");
    html.append("<body>\n<h1>").append(escaped(result.verdict().sentence())).append("</h1>\n");
    paragraph(
        "Test accuracy is that of the model that each run saved. The reference was chosen on"
            + " validation images; differences are over the same seeds, with 95 % confidence by"
            + " Student's t. +- behind an accuracy is the standard deviation over the seeds."
            + " A difference below "
            + Verdict.MATTERS
            + " points is taken for none."
            + (result.parallel() > 1
                ? " " + result.parallel() + " runs shared the cores, so times are longer."
                : ""));
    table(BenchmarkTable.cells(result));
    html.append("<h2>Every seed</h2>\n").append(AccuracyChart.svg(result.arms()));
    table(seeds());
    if (!result.search().isEmpty()) {
      html.append("<h2>Search for the random policy</h2>\n");
      table(search());
    }
    options();
    return html.append("</body>\n</html>\n").toString();
  }

  private List<List<String>> seeds() {
    List<ArmResult> arms = result.arms();
    List<List<String>> rows =
        result.seeds().stream()
            .map(
                seed ->
                    IntStream.rangeClosed(0, arms.size())
                        .mapToObj(c -> c == 0 ? "seed " + seed : cell(arms.get(c - 1), seed))
                        .toList())
            .toList();
    return withHead(
        IntStream.rangeClosed(0, arms.size())
            .mapToObj(c -> c == 0 ? "" : arms.get(c - 1).arm().name())
            .toList(),
        rows);
  }

  private static String cell(ArmResult arm, long seed) {
    Optional<ArmRun> run = arm.runs().stream().filter(r -> r.seed() == seed).findFirst();
    return run.map(r -> text("%.2f", 100 * r.testAccuracy())).orElse("failed");
  }

  private List<List<String>> search() {
    return withHead(
        List.of("setting", "validation (%)", "test (%)", "seconds"),
        result.search().entrySet().stream()
            .map(
                tried ->
                    List.of(
                        tried.getKey(),
                        text("%.2f", 100 * tried.getValue().validationAccuracy()),
                        text("%.2f", 100 * tried.getValue().testAccuracy()),
                        text("%.1f", tried.getValue().seconds())))
            .toList());
  }

  private static List<List<String>> withHead(List<String> head, List<List<String>> rows) {
    return IntStream.rangeClosed(0, rows.size())
        .mapToObj(r -> r == 0 ? head : rows.get(r - 1))
        .toList();
  }

  private void options() {
    html.append("<h2>How it was run</h2>\n<p><code>");
    html.append(escaped(result.command())).append("</code></p>\n");
    for (ArmResult arm : result.arms()) {
      String words =
          arm.arm().options().entrySet().stream()
              .map(option -> "--" + option.getKey() + " " + option.getValue())
              .collect(Collectors.joining(" "));
      html.append("<p>").append(escaped(arm.arm().name())).append(": <code>");
      html.append(escaped(words)).append("</code></p>\n");
      arm.failures().values().forEach(reason -> paragraph("failed: " + reason));
    }
  }

  private void paragraph(String text) {
    html.append("<p>").append(escaped(text)).append("</p>\n");
  }

  private void table(List<List<String>> rows) {
    html.append("<div class=\"table\"><table>\n");
    for (int r = 0; r < rows.size(); r++) {
      String tag = r == 0 ? "th" : "td";
      html.append("<tr>");
      for (String cell : rows.get(r)) {
        html.append('<').append(tag).append('>').append(escaped(cell));
        html.append("</").append(tag).append('>');
      }
      html.append("</tr>\n");
    }
    html.append("</table></div>\n");
  }

  /** Safe between tags and in attributes; +- becomes its sign. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("+-", "±");
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
