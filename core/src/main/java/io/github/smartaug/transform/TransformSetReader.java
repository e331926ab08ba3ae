package io.github.smartaug.transform;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smartaug.input.JsonField;
import java.util.ArrayList;
import java.util.List;

/** Reads the file format of {@link TransformSet}. */
final class TransformSetReader {
  private final String source;

  /**
   * A reader of one file.
   *
   * @param source name of the file for messages
   */
  TransformSetReader(String source) {
    this.source = source;
  }

  /**
   * Reads a set.
   *
   * @param name of the set
   * @param json the file's content
   * @throws IllegalArgumentException if the content is not of the format
   */
  TransformSet read(String name, String json) {
    JsonNode root = JsonField.parse(json, source).value();
    if (!root.isArray()) {
      throw new IllegalArgumentException(
          source + ": not an array, allowed: an array of transforms");
    }
    List<NamedTransform> transforms = new ArrayList<>();
    for (JsonNode node : root) {
      transforms.add(new TransformReader(source, transforms.size() + 1, node).read());
    }
    TransformSet.check(source, transforms);
    return new TransformSet(name, transforms);
  }
}
