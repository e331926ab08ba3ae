package io.github.smartaug.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the transforms of a policy file. */
final class TransformReader {
  private final JsonField entry;
  private final JsonField param;

  private TransformReader(JsonField entry) {
    this.entry = entry;
    this.param = entry.field("param");
  }

  /** All of them, at least one, with unique names. */
  static List<NamedTransform> readAll(JsonField transforms) {
    List<JsonField> entries = transforms.elements();
    if (entries.isEmpty()) {
      throw transforms.wrong("at least one transform");
    }
    Set<String> names = new HashSet<>();
    return entries.stream().map(entry -> new TransformReader(entry).read(names)).toList();
  }

  private NamedTransform read(Set<String> names) {
    JsonField name = entry.field("name");
    if (name.text().isBlank() || !names.add(name.text())) {
      throw name.wrong("a name that no other transform has");
    }
    TransformFunction function = function();
    MagnitudeRange range = function.usesValue() ? range(function) : MagnitudeRange.NONE;
    boolean estimated = entry.field("straight_through").flagOr(true);
    return new NamedTransform(name.text(), function, range, estimated);
  }

  private TransformFunction function() {
    JsonField field = entry.field("function");
    List<TransformFunction> found = TransformFunction.named(field.oneOf(TransformFunction.names()));
    if (!found.get(0).hasAxis()) {
      if (has("axis")) {
        throw param.field("axis").wrong("none with the function " + field.text());
      }
      return found.get(0);
    }
    String axis = required("axis").oneOf(List.of("X", "Y"));
    return found.stream().filter(one -> one.axis == axis.charAt(0)).findFirst().orElseThrow();
  }

  private MagnitudeRange range(TransformFunction function) {
    boolean hasMin = has("min");
    double max = required("max").number();
    double min = hasMin ? param.field("min").number() : 0 - max;
    boolean inverse = flag("invScale", false);
    boolean symmetric = flag("symmetric", !hasMin);
    if (inverse && (symmetric || !hasMin)) {
      throw param.field("invScale").wrong("false, or a min and no symmetric");
    }
    if (!hasMin) {
      requireAroundZero(max, function);
    }
    if (min > max) {
      throw param.field("max").wrong("at least the min, " + min);
    }
    MagnitudeRange.Scale scale =
        symmetric || !hasMin
            ? MagnitudeRange.Scale.SYMMETRIC
            : inverse ? MagnitudeRange.Scale.INVERSE : MagnitudeRange.Scale.DIRECT;
    MagnitudeRange.Unit unit = unit(function);
    requireAllowed("min", min, function, unit);
    requireAllowed("max", max, function, unit);
    return new MagnitudeRange(min, max, scale, unit);
  }

  /** Without a min, a range reaches as far below zero as above, which not every function takes. */
  private void requireAroundZero(double max, TransformFunction function) {
    if (max < 0) {
      throw param.field("max").wrong("at least 0 without a min");
    }
    if (max > 0 && !function.value.contains(0 - max) && function.value.contains(0)) {
      throw required("min").wrong(function.value.words);
    }
  }

  /** Multiples of the image's size are only compared with zero. */
  private void requireAllowed(
      String field, double end, TransformFunction function, MagnitudeRange.Unit unit) {
    boolean scaled = unit != MagnitudeRange.Unit.ABSOLUTE && end >= 0;
    if (!scaled && !function.value.contains(end)) {
      throw param.field(field).wrong(function.value.words);
    }
  }

  private MagnitudeRange.Unit unit(TransformFunction function) {
    if (flag("absolute", true)) {
      return MagnitudeRange.Unit.ABSOLUTE;
    }
    return switch (function.axis) {
      case 'X' -> MagnitudeRange.Unit.WIDTH;
      case 'Y' -> MagnitudeRange.Unit.HEIGHT;
      default -> MagnitudeRange.Unit.LARGER_SIDE;
    };
  }

  private boolean has(String field) {
    return !param.isAbsent() && !param.field(field).isAbsent();
  }

  private JsonField required(String field) {
    return param.isAbsent()
        ? new JsonField(param.source(), param.path() + "." + field, null)
        : param.field(field);
  }

  private boolean flag(String field, boolean otherwise) {
    return has(field) ? param.field(field).flag() : otherwise;
  }
}
