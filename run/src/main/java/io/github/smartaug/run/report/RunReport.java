package io.github.smartaug.run.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.run.LogEntry;
import io.github.smartaug.run.RunConfig;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunJson;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.train.LearningFindings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A run as a page for people, {@code report.html}: one file that needs nothing else. It is made
 * from the other files of the run folder alone, and so can be made at any time.
 */
public final class RunReport {
  /** What a page does not show of every epoch, and would be long with many classes. */
  private static final List<String> OF_THE_LAST_EPOCH = List.of("f1", "gradients");

  private final RunFolder folder;
  private final ObjectNode content;

  private RunReport(RunFolder folder, ObjectNode content) {
    this.folder = folder;
    this.content = content;
  }

  /**
   * The report of a run.
   *
   * @param folder with a {@code config.json}
   * @param running whether it is going on
   * @throws IllegalArgumentException if a file of the run is damaged; the message names it
   */
  public static RunReport of(RunFolder folder, boolean running) {
    RunConfig config = folder.config();
    Optional<RunResult> result =
        folder.isFinished() ? Optional.of(folder.result()) : Optional.empty();
    List<LogEntry> log =
        result
            .map(RunResult::log)
            .orElseGet(
                () -> Files.exists(folder.file(RunFile.LOG)) ? folder.log().entries() : List.of());
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content.put("title", title(config));
    content.put("state", result.isPresent() ? "finished" : running ? "running" : "ended");
    content.put("written", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    content.set("config", RunJson.fileTree(folder.file(RunFile.CONFIG)));
    content.set("log", shortened(log));
    result.ifPresent(r -> content.set("result", withoutLog(r)));
    result.ifPresent(r -> content.set("sentences", sentences(r)));
    content.set("next", RunJson.tree(next(folder, config, result, running)));
    content.set("files", files(folder));
    return new RunReport(folder, content);
  }

  private static String title(RunConfig config) {
    String augmentation = config.optionTexts().getOrDefault("augment", "");
    String trained = config.model().title() + " on " + config.data().name();
    return augmentation.isEmpty() ? trained : trained + ", augmentation " + augmentation;
  }

  private static JsonNode shortened(List<LogEntry> log) {
    ArrayNode lines = (ArrayNode) RunJson.tree(log);
    for (int i = 0; i < lines.size() - 1; i++) {
      ((ObjectNode) lines.get(i)).remove(OF_THE_LAST_EPOCH);
    }
    return lines;
  }

  private static JsonNode withoutLog(RunResult result) {
    ObjectNode tree = (ObjectNode) RunJson.tree(result);
    tree.remove("log");
    return tree;
  }

  private static JsonNode sentences(RunResult result) {
    return RunJson.tree(new LearningFindings(result.findings(), result.tiers()).sentences());
  }

  private static List<NextStep> next(
      RunFolder folder, RunConfig config, Optional<RunResult> result, boolean running) {
    if (result.isPresent()) {
      return NextSteps.ofFinished(folder, config, result.get());
    }
    return running ? List.of() : NextSteps.ofUnfinished(folder);
  }

  private static ArrayNode files(RunFolder folder) {
    ArrayNode files = JsonNodeFactory.instance.arrayNode();
    for (RunFile file : folder.present()) {
      files.addObject().put("path", file.path()).put("description", file.description());
    }
    return files;
  }

  /**
   * All that the page shows but its pictures, as a JSON object: {@code config}, {@code log} and
   * {@code result} have the fields of the files of these names.
   */
  public String json() {
    return RunJson.line(content);
  }

  /**
   * The page.
   *
   * @throws IOException if a picture cannot be read
   */
  public String html() throws IOException {
    return page(false);
  }

  /**
   * The page for a server, which asks it for {@code data.json}, {@link #json()}, again and again.
   *
   * @throws IOException if a picture cannot be read
   */
  public String liveHtml() throws IOException {
    return page(true);
  }

  private String page(boolean live) throws IOException {
    ObjectNode data = content.deepCopy();
    data.put("live", live);
    data.set("pictures", pictures());
    return PageParts.page(content.get("title").textValue(), "report.js", RunJson.line(data));
  }

  private ArrayNode pictures() throws IOException {
    ArrayNode pictures = JsonNodeFactory.instance.arrayNode();
    for (RunFile file : RunFile.pictures()) {
      Path path = folder.file(file);
      if (Files.exists(path)) {
        pictures
            .addObject()
            .put("name", Objects.requireNonNull(path.getFileName()).toString())
            .put("description", file.description())
            .put(
                "source",
                "data:image/png;base64,"
                    + Base64.getEncoder().encodeToString(Files.readAllBytes(path)));
      }
    }
    return pictures;
  }

  /**
   * Writes {@code report.html} into the folder of the run.
   *
   * @throws IOException if writing fails; an earlier page is as it was then
   */
  public void write() throws IOException {
    AtomicFile.write(folder.file(RunFile.REPORT), html());
  }
}
