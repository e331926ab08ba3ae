package io.github.smartaug.run.report;

import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.run.RunJson;
import io.github.smartaug.run.comparison.RunComparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs beside each other as a page: a table, and their curves laid over each other. */
public final class ComparisonPage {
  private ComparisonPage() {}

  /**
   * Writes the page, one file that needs nothing else.
   *
   * @throws IOException if writing fails; an earlier page is as it was then
   */
  public static void write(Path file, RunComparison comparison) throws IOException {
    int runs = comparison.groups().stream().mapToInt(group -> group.runs().size()).sum();
    String title = runs + (runs == 1 ? " run" : " runs compared");
    Map<String, Object> data = new LinkedHashMap<>(comparison.content());
    data.put("title", title);
    data.put("shared", shared(comparison));
    data.put("notes", comparison.leftOut());
    AtomicFile.write(file, PageParts.page(title, "comparison.js", RunJson.line(data)));
  }

  private static String shared(RunComparison comparison) {
    Map<String, String> shared = comparison.shared();
    return shared.containsKey("model") && shared.containsKey("dataset")
        ? shared.get("model") + " on " + shared.get("dataset")
        : "";
  }
}
