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
    Transforms.Row row =
        Transforms.rowOf(named.transform())
            .orElseThrow(() -> notWritable(named, "its function is not a known one"));
    ObjectNode object = JSON.objectNode();
    object.put("name", named.name());
    object.put("function", row.function());
    object.set("param", param(named, row));
    return object;
  }

  private static ObjectNode param(NamedTransform named, Transforms.Row row) {
    ObjectNode param = JSON.objectNode();
    if (!named.transform().usesValue()) {
      return withAxis(param, row);
    }
    if (!(named.mapping() instanceof MagnitudeRange range)) {
      throw notWritable(named, "its values do not come from a MagnitudeRange");
    }
    boolean absolute = range.unit() == MagnitudeRange.Unit.ABSOLUTE;
    if (!absolute && range.unit() != MagnitudeRange.Unit.ofImageAlong(row.axis())) {
      throw notWritable(named, "its range is in multiples of " + range.unit());
    }
    param.put("min", range.isCentredOnZero() ? null : range.min());
    param.put("max", range.max());
    param.put("invScale", range.scale() == MagnitudeRange.Scale.INVERSE);
    if (range.scale() == MagnitudeRange.Scale.SYMMETRIC && !range.isCentredOnZero()) {
      param.put("symmetric", true);
    }
    withAxis(param, row);
    return param.put("absolute", absolute);
  }

  private static ObjectNode withAxis(ObjectNode param, Transforms.Row row) {
    return row.axis() == null ? param : param.put("axis", row.axis().name());
  }

  private static IllegalArgumentException notWritable(NamedTransform named, String why) {
    return new IllegalArgumentException(
        "transform \"" + named.name() + "\" cannot be written as JSON: " + why);
  }
}
