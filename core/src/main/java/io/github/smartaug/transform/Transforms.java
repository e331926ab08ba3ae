package io.github.smartaug.transform;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of all transforms. A new transform is a class and a row here. */
public final class Transforms {
  private static final List<Row> TABLE =
      List.of(
          new Row("identity", null, new Identity()),
          new Row("flip", Axis.X, new Flip(Axis.X)),
          new Row("flip", Axis.Y, new Flip(Axis.Y)),
          new Row("rotate", null, new Rotate()),
          new Row("translate", Axis.X, new Translate(Axis.X)),
          new Row("translate", Axis.Y, new Translate(Axis.Y)),
          new Row("shear", Axis.X, new Shear(Axis.X)),
          new Row("shear", Axis.Y, new Shear(Axis.Y)),
          new Row("contrast", null, new Contrast()),
          new Row("color", null, new Color()),
          new Row("brightness", null, new Brightness()),
          new Row("sharpness", null, new Sharpness()),
          new Row("posterize", null, new Posterize()),
          new Row("solarize", null, new Solarize()));

  private Transforms() {}

  /**
   * A transform under its function and, if it has one, its axis.
   *
   * @param axis null if the function has none
   */
  record Row(String function, Axis axis, Transform transform) {
    /** Such as {@code rotate}, {@code translate-x}. */
    String name() {
      return axis == null ? function : function + "-" + axis.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Functions, as {@link TransformSet} files call them: {@code rotate}, {@code translate}... */
  public static List<String> functions() {
    return TABLE.stream().map(Row::function).distinct().toList();
  }

  /** Functions with their axis, such as {@code rotate}, {@code translate-x}, {@code flip-y}. */
  public static List<String> names() {
    return TABLE.stream().map(Row::name).toList();
  }

  /**
   * The transform of that name.
   *
   * @param name one of {@link #names()}
   * @throws IllegalArgumentException if there is none
   */
  public static Transform named(String name) {
    return TABLE.stream()
        .filter(row -> row.name().equals(name))
        .map(Row::transform)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown transform \"" + name + "\" (known: " + list(names()) + ")"));
  }

  /**
   * The transform of that function and axis.
   *
   * @param axis null where the function has none
   * @throws IllegalArgumentException if there is none
   */
  static Transform of(String function, Axis axis) {
    List<Row> rows = TABLE.stream().filter(row -> row.function().equals(function)).toList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown function \"" + function + "\" (known: " + list(functions()) + ")");
    }
    return rows.stream()
        .filter(row -> row.axis() == axis)
        .map(Row::transform)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    axis == null
                        ? "missing field \"axis\" (allowed: X, Y)"
                        : "function \"" + function + "\" has no axis, found " + axis));
  }

  /** Function and axis of a transform; empty if it is not in the table. */
  static Optional<Row> rowOf(Transform transform) {
    return TABLE.stream().filter(row -> row.transform().equals(transform)).findFirst();
  }

  private static String list(List<String> names) {
    return String.join(", ", names);
  }
}
