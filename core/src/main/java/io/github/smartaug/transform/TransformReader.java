package io.github.smartaug.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one transform of a {@link TransformSet}'s file. */
final class TransformReader {
  private static final Logger LOG = LoggerFactory.getLogger(TransformReader.class);
  private static final Set<String> FIELDS = Set.of("name", "function", "param");
  private static final Set<String> PARAMETERS =
      Set.of("min", "max", "invScale", "symmetric", "axis", "absolute");

  private final JsonNode transform;
  private final JsonNode param;
  private final String where;

  /**
   * A reader of one transform.
   *
   * @param source name of the file for messages
   * @param position of the transform, from 1
   */
  TransformReader(String source, int position, JsonNode transform) {
    this.transform = transform;
    this.param = present(transform, "param");
    String name = transform.path("name").asText();
    this.where = source + ": transform " + position + (name.isEmpty() ? "" : " \"" + name + "\"");
  }

  /** Reads it, or says what is wrong and where. */
  NamedTransform read() {
    try {
      requireObject("a transform", transform);
      warnOfOthers(transform, FIELDS);
      if (!param.isMissingNode()) {
        requireObject("\"param\"", param);
        warnOfOthers(param, PARAMETERS);
      }
      String name = requireText("name");
      Transform found = Transforms.of(requireText("function"), axis());
      return new NamedTransform(
          name, found, found.usesValue() ? range(found.allowedValues()) : MagnitudeRange.NONE);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }

  private MagnitudeRange range(ValueRange allowed) {
    JsonNode min = present(param, "min");
    double max = number("max", present(param, "max"));
    boolean inverse = flag("invScale", false);
    boolean symmetric = flag("symmetric", min.isMissingNode());
    if (inverse && min.isMissingNode()) {
      throw new IllegalArgumentException("\"invScale\": true, allowed with it: a \"min\"");
    }
    if (inverse && symmetric) {
      throw new IllegalArgumentException(
          "\"invScale\": true, allowed with it: \"symmetric\" false");
    }
    if (min.isMissingNode()) {
      return aroundZero(max, allowed);
    }
    return new MagnitudeRange(number("min", min), max, scale(inverse, symmetric), unit());
  }

  /** Without a min, a range reaches as far below zero as above, which not every function takes. */
  private MagnitudeRange aroundZero(double max, ValueRange allowed) {
    if (max < 0) {
      throw new IllegalArgumentException(
          "\"max\": " + max + ", allowed without a \"min\": at least 0");
    }
    if (0 - max < allowed.min()) {
      throw new IllegalArgumentException("\"min\": missing, allowed: " + allowed);
    }
    return MagnitudeRange.symmetric(max).in(unit());
  }

  private static MagnitudeRange.Scale scale(boolean inverse, boolean symmetric) {
    if (symmetric) {
      return MagnitudeRange.Scale.SYMMETRIC;
    }
    return inverse ? MagnitudeRange.Scale.INVERSE : MagnitudeRange.Scale.DIRECT;
  }

  private MagnitudeRange.Unit unit() {
    return flag("absolute", true)
        ? MagnitudeRange.Unit.ABSOLUTE
        : MagnitudeRange.Unit.ofImageAlong(axis().orElse(null));
  }

  private Optional<Axis> axis() {
    JsonNode axis = present(param, "axis");
    if (axis.isMissingNode()) {
      return Optional.empty();
    }
    Optional<Axis> found =
        Arrays.stream(Axis.values())
            .filter(value -> value.name().equals(axis.asText()))
            .findFirst();
    if (found.isEmpty()) {
      throw new IllegalArgumentException("\"axis\": " + axis + ", allowed: X, Y");
    }
    return found;
  }

  private String requireText(String field) {
    JsonNode value = present(transform, field);
    if (value.isMissingNode()) {
      throw new IllegalArgumentException("\"" + field + "\": missing, allowed: a text");
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException("\"" + field + "\": " + value + ", allowed: a text");
    }
    return value.textValue();
  }

  private static double number(String field, JsonNode value) {
    if (value.isMissingNode()) {
      throw new IllegalArgumentException("\"" + field + "\": missing, allowed: a number");
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException("\"" + field + "\": " + value + ", allowed: a number");
    }
    return value.doubleValue();
  }

  private boolean flag(String field, boolean otherwise) {
    JsonNode value = present(param, field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw new IllegalArgumentException("\"" + field + "\": " + value + ", allowed: true, false");
    }
    return value.booleanValue();
  }

  /** A field's value; the missing node if it is not there or null. */
  private static JsonNode present(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  private static void requireObject(String what, JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException(what + ": " + node + ", allowed: an object");
    }
  }

  /** A file from elsewhere may say more than is understood here, and must load all the same. */
  private void warnOfOthers(JsonNode object, Set<String> known) {
    for (Iterator<String> fields = object.fieldNames(); fields.hasNext(); ) {
      String field = fields.next();
      if (!known.contains(field)) {
        LOG.warn("{}: field \"{}\" is not known and is ignored", where, field);
      }
    }
  }
}
