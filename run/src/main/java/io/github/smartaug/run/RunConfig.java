package io.github.smartaug.run;

import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.input.JsonField;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run is: the content of its {@code config.json}.
 *
 * @param command with which the run was started
 * @param started when
 * @param options of the command line by name without hyphens, given or not: numbers, true or false,
 *     texts, or null for what was left out
 * @param optimizer of the model
 * @param data that the run used
 * @param model that was trained
 * @param platform on which the run took place
 * @param inputFiles other files that it read
 */
public record RunConfig(
    String command,
    Instant started,
    Map<String, Object> options,
    RunOptimizer optimizer,
    RunData data,
    RunModel model,
    RunPlatform platform,
    InputFiles inputFiles) {
  /** Copies the options, in their order. */
  public RunConfig {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it cannot be read, is not JSON, or a field is missing or
   *     wrong; the message names file and field
   */
  public static RunConfig read(Path file) {
    JsonField root = RunJson.read(file);
    RunData data = RunData.read(root.field("data"));
    return new RunConfig(
        root.field("command").text(),
        started(root.field("started")),
        options(root.field("options")),
        RunOptimizer.read(root.field("optimizer")),
        data,
        RunModel.read(root.field("model"), data),
        RunPlatform.read(root.field("platform")),
        InputFiles.read(root.field("input_files")));
  }

  /**
   * Reads nothing but the options of a file, which need not have the other fields.
   *
   * @return as {@link #optionTexts()}
   * @throws IllegalArgumentException as {@link #read}
   */
  public static Map<String, String> readOptions(Path file) {
    return texts(options(RunJson.read(file).field("options")));
  }

  /**
   * Reads nothing but which input files a run had.
   *
   * @throws IllegalArgumentException as {@link #read}
   */
  public static InputFiles readInputFiles(Path file) {
    return InputFiles.read(RunJson.read(file).field("input_files"));
  }

  private static Instant started(JsonField field) {
    try {
      return Instant.parse(field.text());
    } catch (DateTimeException e) {
      IllegalArgumentException wrong = field.wrong("a time such as 2026-01-31T12:00:00Z");
      wrong.initCause(e);
      throw wrong;
    }
  }

  private static Map<String, Object> options(JsonField field) {
    Map<String, Object> options = new LinkedHashMap<>();
    field.names().forEach(name -> options.put(name, field.field(name).scalar()));
    return options;
  }

  private static Map<String, String> texts(Map<String, Object> options) {
    Map<String, String> texts = new LinkedHashMap<>();
    options.forEach(
        (name, value) -> {
          if (value != null) {
            texts.put(name, value.toString());
          }
        });
    return texts;
  }

  /** The options that were not left out, as words of the command line. */
  public Map<String, String> optionTexts() {
    return texts(options);
  }

  /**
   * Writes the file.
   *
   * @throws IOException if writing fails; an earlier file is as it was then
   */
  public void write(Path file) throws IOException {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("command", command);
    config.put("started", started.toString());
    config.put("options", options);
    config.put("optimizer", optimizer.toJson());
    config.put("data", data.toJson());
    config.put("model", model.toJson());
    config.put("platform", platform);
    config.put("input_files", inputFiles.hashes());
    config.put("files", RunFile.descriptions());
    AtomicFile.write(file, RunJson.document(config));
  }
}
