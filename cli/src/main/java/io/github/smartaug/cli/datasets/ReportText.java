package io.github.smartaug.cli.datasets;

import io.github.smartaug.data.published.DatasetReport;
import io.github.smartaug.data.published.DatasetReport.ClassCount;
import io.github.smartaug.data.published.Duplicates;
import io.github.smartaug.run.RunJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** What a check of a data set found, for people and for programs. */
final class ReportText {
  private static final int SHOWN = 10;

  /** More classes are shown by the largest and the smallest ones. */
  private static final int MOST_CLASSES = 20;

  private static final int LONGEST_NAME = 30;

  private final DatasetReport report;
  private final List<String> lines = new ArrayList<>();

  ReportText(DatasetReport report) {
    this.report = report;
  }

  /** For people. */
  String table() {
    line("data set", report.name() + ", " + report.provenance());
    line("published", published());
    line("images", counts());
    line("sizes", sizes());
    line("unreadable", named(report.unreadable()));
    duplicates();
    report.notes().forEach(note -> line("note", note));
    classes();
    lines.add("");
    lines.add(verdict());
    return String.join("\n", lines) + "\n";
  }

  private void line(String what, String text) {
    lines.add("%-12s%s".formatted(what, text));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  private String published() {
    if (report.published().isEmpty()) {
      return "no set of this name is known";
    }
    String name = report.published().get();
    if (report.asPublished()) {
      return name + ": numbers, labels and pixels are as published";
    }
    return report.problems().isEmpty()
        ? name + ": numbers are as published; labels and pixels of it are not known"
        : name + ": see below";
  }

  private String counts() {
    return format(
        "%,d training, %,d validation, %,d test; %d classes",
        sum(ClassCount::training),
        sum(ClassCount::validation),
        sum(ClassCount::test),
        report.classes().size());
  }

  private int sum(ToIntFunction<ClassCount> set) {
    return report.classes().stream().mapToInt(set).sum();
  }

  private String sizes() {
    List<Map.Entry<String, Long>> shapes =
        report.shapes().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .toList();
    String first =
        shapes.stream()
            .limit(SHOWN)
            .map(shape -> format("%s: %,d", shape.getKey(), shape.getValue()))
            .collect(Collectors.joining(", "));
    return shapes.size() <= SHOWN
        ? first
        : first + " and " + (shapes.size() - SHOWN) + " other sizes";
  }

  private static String named(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String first = names.stream().sorted().limit(SHOWN).collect(Collectors.joining(", "));
    return names.size() + ": " + first + (names.size() > SHOWN ? ", and others (--json)" : "");
  }

  private void duplicates() {
    Duplicates twice = report.duplicates();
    line(
        "duplicates",
        format(
            "within training %,d, validation %,d, test %,d",
            twice.withinTraining(), twice.withinValidation(), twice.withinTest()));
    line(
        "",
        format(
            "of training in validation %,d, in test %,d; of validation in test %,d",
            twice.ofTrainingInValidation(), twice.ofTrainingInTest(), twice.ofValidationInTest()));
    if (!twice.examples().isEmpty()) {
      line("", "of another class than the earlier image: " + twice.ofOtherClasses());
      twice.examples().forEach(example -> line("", "  " + example));
    }
  }

  private void classes() {
    lines.add("");
    lines.add(row("class", "training", "validation", "test", "share"));
    int all = Math.max(1, sum(ClassCount::training));
    if (report.classes().size() <= MOST_CLASSES) {
      report.classes().forEach(one -> lines.add(row(one, all)));
    } else {
      List<ClassCount> byNumber =
          report.classes().stream()
              .sorted(Comparator.comparingInt(ClassCount::training).reversed())
              .toList();
      byNumber.subList(0, SHOWN / 2).forEach(one -> lines.add(row(one, all)));
      lines.add("... %d more (--json)".formatted(byNumber.size() - SHOWN));
      byNumber
          .subList(byNumber.size() - SHOWN / 2, byNumber.size())
          .forEach(one -> lines.add(row(one, all)));
    }
    lines.add(
        format(
            "The largest class has %.4g times the training images of the smallest.",
            report.imbalance()));
  }

  private static String row(ClassCount one, int all) {
    return row(
        one.name(),
        Integer.toString(one.training()),
        Integer.toString(one.validation()),
        Integer.toString(one.test()),
        format("%.2f %%", 100.0 * one.training() / all));
  }

  private static String row(
      String name, String training, String validation, String test, String share) {
    String shown =
        name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 3) + "...";
    return "%-30s %9s %10s %8s %9s".formatted(shown, training, validation, test, share);
  }

  private String verdict() {
    return report.problems().isEmpty()
        ? "Nothing is wrong."
        : report.problems().stream()
            .map(problem -> "wrong: " + problem)
            .collect(Collectors.joining("\n"));
  }

  /** For programs. */
  String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", report.name());
    json.put("provenance", report.provenance());
    json.put("published", report.published().orElse(null));
    json.put("as_published", report.asPublished());
    json.put("problems", report.problems());
    json.put("training_images", sum(ClassCount::training));
    json.put("validation_images", sum(ClassCount::validation));
    json.put("test_images", sum(ClassCount::test));
    json.put("shapes", report.shapes());
    json.put("unreadable", report.unreadable());
    json.put("duplicates", report.duplicates());
    json.put("imbalance", report.imbalance());
    json.put("classes", report.classes());
    json.put("notes", report.notes());
    json.put("fingerprints", report.fingerprints());
    return RunJson.document(json);
  }
}
