package io.github.smartaug.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Transform sets as JSON: an array of {@code {"name", "function", "param": {"min", "max",
 * "invScale", "axis", "absolute"}}}, the format of the Python program smart_augmentation.
 *
 * <p>A missing or null {@code min} makes the range symmetric; {@code invScale} defaults to false,
 * {@code absolute} to true. Fields that are not known are ignored.
 */
public final class TransformJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TransformJson() {}

  /**
   * Reads a set.
   *
   * @param text JSON
   * @param name of the set
   * @param source named in errors
   * @throws IllegalArgumentException with source, index and name of the transform that is wrong
   */
  public static TransformSet read(String text, String name, String source) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          source
              + ": not JSON, line "
              + e.getLocation().getLineNr()
              + ": "
              + e.getOriginalMessage().lines().findFirst().orElse(""),
          e);
    }
    return read(root, name, source);
  }

  /** Reads a set from a parsed array; see {@link #read(String, String, String)}. */
  public static TransformSet read(JsonNode array, String name, String source) {
    if (array == null || !array.isArray()) {
      throw new IllegalArgumentException(source + ": expected an array of transforms");
    }
    List<NamedTransform> transforms = new ArrayList<>();
    for (int t = 0; t < array.size(); t++) {
      JsonNode entry = array.get(t);
      String where = source + ": transform " + t + " \"" + entry.path("name").asText("") + "\": ";
      try {
        transforms.add(readTransform(entry));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(where + e.getMessage(), e);
      }
    }
    try {
      return new TransformSet(name, transforms);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  private static NamedTransform readTransform(JsonNode entry) {
    String name = requiredText(entry, "name");
    String function = requiredText(entry, "function");
    JsonNode param = entry.path("param");
    Optional<Axis> axis = readAxis(param.path("axis"));
    Transform transform = TransformFunctions.create(function, axis);
    Optional<ValueRange> range =
        number(param, "max").isPresent() ? Optional.of(readRange(param, axis)) : Optional.empty();
    return new NamedTransform(name, function, axis, transform, range);
  }

  private static MagnitudeRange readRange(JsonNode param, Optional<Axis> axis) {
    return new MagnitudeRange(
        number(param, "min"),
        number(param, "max").orElseThrow(),
        flag(param, "invScale", false) ? MagnitudeRange.Scale.INVERSE : MagnitudeRange.Scale.DIRECT,
        axis,
        flag(param, "absolute", true)
            ? MagnitudeRange.Extent.ABSOLUTE
            : MagnitudeRange.Extent.RELATIVE);
  }

  private static String requiredText(JsonNode entry, String field) {
    JsonNode value = entry.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new IllegalArgumentException("\"" + field + "\" is missing or not a text");
    }
    return value.asText();
  }

  private static Optional<Axis> readAxis(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    return switch (value.asText().toUpperCase(Locale.ROOT)) {
      case "X" -> Optional.of(Axis.X);
      case "Y" -> Optional.of(Axis.Y);
      default ->
          throw new IllegalArgumentException(
              "\"axis\" is \"" + value.asText() + "\" (allowed: X, Y)");
    };
  }

  private static OptionalDouble number(JsonNode param, String field) {
    JsonNode value = param.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException("\"" + field + "\" is " + value + ", allowed: a number");
    }
    return OptionalDouble.of(value.asDouble());
  }

  private static boolean flag(JsonNode param, String field, boolean otherwise) {
    JsonNode value = param.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(
          "\"" + field + "\" is " + value + ", allowed: true, false");
    }
    return value.asBoolean();
  }

  /** Writes a set as text that {@link #read} reads back equal. */
  public static String write(TransformSet set) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(toJson(set)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The set as an array. */
  public static ArrayNode toJson(TransformSet set) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    set.transforms().forEach(transform -> array.add(toJson(transform)));
    return array;
  }

  /**
   * One transform as an object.
   *
   * @throws IllegalArgumentException if its range is not a {@link MagnitudeRange}
   */
  public static ObjectNode toJson(NamedTransform transform) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("name", transform.name());
    entry.put("function", transform.function());
    ObjectNode param = entry.putObject("param");
    if (transform.range().isPresent()) {
      if (!(transform.range().get() instanceof MagnitudeRange range)) {
        throw new IllegalArgumentException(
            "transform \"" + transform.name() + "\": its range has no form in a file");
      }
      writeRange(param, range);
    }
    transform.axis().ifPresent(axis -> param.put("axis", axis.name()));
    return entry;
  }

  private static void writeRange(ObjectNode param, MagnitudeRange range) {
    if (range.minimum().isPresent()) {
      param.put("min", range.minimum().getAsDouble());
    } else {
      param.putNull("min");
    }
    param.put("max", range.maximum());
    param.put("invScale", range.scale() == MagnitudeRange.Scale.INVERSE);
    param.put("absolute", range.extent() == MagnitudeRange.Extent.ABSOLUTE);
  }
}
