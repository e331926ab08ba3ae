package io.github.smartaug.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.smartaug.file.FileFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run as its {@code config.json} has it.
 *
 * @param file that was read
 * @param root its content
 */
public record RecordedRun(Path file, JsonNode root) {
  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if there is no such file, or it is no JSON object
   */
  public static RecordedRun read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(file + ": no such file");
    }
    try {
      JsonNode root = JsonMapper.builder().build().readTree(Files.readString(file));
      RecordedRun run = new RecordedRun(file, root);
      if (!root.isObject()) {
        throw new IllegalArgumentException(file + ": not a JSON object");
      }
      return run;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          String.format(
              "%s: not JSON, line %d: %s",
              file,
              e.getLocation().getLineNr(),
              e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + ": not a text in UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  /**
   * The options that were not left out, as words of the command line, by name without hyphens.
   *
   * @throws IllegalArgumentException if the field is missing or wrong
   */
  public Map<String, String> options() {
    JsonNode field = field(root, "options");
    if (!field.isObject()) {
      throw wrong("options", field, "an object of options");
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> option : field.properties()) {
      if (option.getValue().isContainerNode()) {
        throw wrong(
            "options." + option.getKey(), option.getValue(), "a text, a number, true or false");
      }
      if (!option.getValue().isNull()) {
        options.put(option.getKey(), option.getValue().asText());
      }
    }
    return options;
  }

  /** How the run was asked for, with the options that it now has. */
  RunOrigin origin(Map<String, Object> options) {
    return new RunOrigin(started(), field(root, "command").asText(), options);
  }

  private Instant started() {
    JsonNode field = field(root, "started");
    try {
      return Instant.parse(field.asText());
    } catch (DateTimeException e) {
      throw wrong("started", field, "a time such as 2026-01-31T12:00:00Z");
    }
  }

  /** Number of threads of libtorch. */
  public int threads() {
    JsonNode field = field(field(root, "platform"), "threads");
    if (!field.canConvertToInt() || field.intValue() < 1) {
      throw wrong("platform.threads", field, "a whole number, at least 1");
    }
    return field.intValue();
  }

  /** Hashes of the images by their use. */
  Map<String, String> contentHashes() {
    Map<String, String> hashes = new LinkedHashMap<>();
    field(field(root, "data"), "content_hash")
        .properties()
        .forEach(hash -> hashes.put(hash.getKey(), hash.getValue().asText()));
    return hashes;
  }

  /** SHA-256 of the model's file, for a model that was one. */
  String modelHash() {
    return field(field(root, "model"), "sha256").asText();
  }

  private JsonNode field(JsonNode node, String name) {
    JsonNode field = node.get(name);
    if (field == null) {
      throw new IllegalArgumentException(file + ": field \"" + name + "\" is missing");
    }
    return field;
  }

  private IllegalArgumentException wrong(String name, JsonNode value, String allowed) {
    return new IllegalArgumentException(
        file + ": " + name + ": " + value + ", allowed: " + allowed);
  }
}
