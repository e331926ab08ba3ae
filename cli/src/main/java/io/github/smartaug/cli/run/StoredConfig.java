package io.github.smartaug.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smartaug.batch.Normalization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code config.json} says of a run. */
final class StoredConfig {
  private final Path file;
  private final JsonNode root;

  private StoredConfig(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is not JSON
   */
  static StoredConfig read(Path file) {
    return new StoredConfig(file, Json.read(file));
  }

  /** The value of every option that had one. */
  Map<String, String> options() {
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> option : field("options").properties()) {
      if (!option.getValue().isNull()) {
        values.put(option.getKey(), option.getValue().asText());
      }
    }
    return values;
  }

  /** Shape of the images, such as {@code 1x28x28}. */
  String imageShape() {
    return field("data", "image_shape").asText();
  }

  List<String> classNames() {
    List<String> names = new ArrayList<>();
    field("data", "class_names").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** SHA-256 of the model's file, for a model that was one. */
  String modelHash() {
    return field("model", "sha256").asText();
  }

  /** That of the training images. */
  Normalization normalization() {
    try {
      return new Normalization(numbers("mean"), numbers("standard_deviation"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": data: " + e.getMessage(), e);
    }
  }

  private List<Double> numbers(String name) {
    List<Double> numbers = new ArrayList<>();
    field("data", name).forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }

  private JsonNode field(String... path) {
    JsonNode node = root;
    for (String name : path) {
      node = node.path(name);
    }
    if (node.isMissingNode()) {
      throw new IllegalArgumentException(
          file + ": " + String.join(".", path) + " is missing, not the config.json of a run");
    }
    return node;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
