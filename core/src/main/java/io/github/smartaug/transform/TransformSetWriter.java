package io.github.smartaug.transform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;

/** Writes the file format of {@link TransformSet}, one transform a line. */
final class TransformSetWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TransformSetWriter() {}

  /**
   * The content of a file.
   *
   * @throws IllegalArgumentException if a transform or its mapping has no place in the format
   */
  static String toJson(TransformSet set) {
    return set.transforms().stream()
        .map(transform -> "  " + object(transform))
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static ObjectNode object(NamedTransform named) {
    TransformType type =
        Transforms.entryOf(named.transform())
            .orElseThrow(() -> notWritable(named, "its function has no name", "a registered one"));
    ObjectNode object = JSON.objectNode();
    object.put("name", named.name());
    object.put("function", type.function());
    object.set("param", param(named, type));
    return object;
  }

  private static ObjectNode param(NamedTransform named, TransformType type) {
    ObjectNode param = JSON.objectNode();
    if (!named.transform().usesValue()) {
      return withAxis(param, type);
    }
    if (!(named.mapping() instanceof MagnitudeRange range)) {
      throw notWritable(named, "its values are not those of a MagnitudeRange", "a MagnitudeRange");
    }
    boolean absolute = range.unit() == MagnitudeRange.Unit.ABSOLUTE;
    if (!absolute && range.unit() != MagnitudeRange.Unit.ofImageAlong(type.axis().orElse(null))) {
      throw notWritable(
          named, "its range is in multiples of " + range.unit(), "pixels, or its own axis");
    }
    param.put("min", range.isCentredOnZero() ? null : range.min());
    param.put("max", range.max());
    param.put("invScale", range.scale() == MagnitudeRange.Scale.INVERSE);
    if (range.scale() == MagnitudeRange.Scale.SYMMETRIC && !range.isCentredOnZero()) {
      param.put("symmetric", true);
    }
    withAxis(param, type);
    return param.put("absolute", absolute);
  }

  private static ObjectNode withAxis(ObjectNode param, TransformType type) {
    type.axis().ifPresent(axis -> param.put("axis", axis.name()));
    return param;
  }

  private static IllegalArgumentException notWritable(
      NamedTransform named, String why, String allowed) {
    return new IllegalArgumentException(
        "transform \"%s\" cannot be written as JSON: %s, allowed: %s"
            .formatted(named.name(), why, allowed));
  }
}
