package io.github.smartaug.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * What a run folder says, without times, memory and where the run took place: equal for runs that
 * did the same to the bit.
 *
 * @param model bytes of the model's file
 * @param policy the policy's file without its provenance; null without one
 * @param log lines of the log without times
 */
record RunOutcome(String model, JsonNode policy, List<JsonNode> log) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static RunOutcome of(Path folder) {
    try {
      return new RunOutcome(
          HexFormat.of().formatHex(Files.readAllBytes(folder.resolve("model.safetensors"))),
          policy(folder.resolve("policy.json")),
          log(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode policy(Path file) throws IOException {
    try {
      JsonNode policy = MAPPER.readTree(Files.readString(file));
      ((ObjectNode) policy).remove("provenance");
      return policy;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** The log alone; fails if a line is not a JSON object. */
  static List<JsonNode> log(Path folder) throws IOException {
    String text = Files.readString(folder.resolve("log.jsonl"));
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw new IOException("the last line of the log is cut off: " + text);
    }
    List<JsonNode> lines = text.lines().map(RunOutcome::parse).toList();
    for (JsonNode line : lines) {
      ObjectNode object = (ObjectNode) line;
      object.properties().removeIf(field -> field.getKey().startsWith("seconds"));
      object.remove("peak_memory_bytes");
    }
    return lines;
  }

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "model " + model.hashCode() + ", policy " + policy + ", log " + log;
  }
}
