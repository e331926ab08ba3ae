package io.github.smartaug.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The table of all transforms. A new transform of this library is a class and a row here; one from
 * elsewhere is {@link #register registered}.
 */
public final class Transforms {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private static final List<Row> BUILT_IN =
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
          new Row("posterize", null, new Posterize(GradientKind.STRAIGHT_THROUGH)),
          new Row("solarize", null, new Solarize(GradientKind.STRAIGHT_THROUGH)),
          new Row("cutout", null, new Cutout(GradientKind.STRAIGHT_THROUGH)),
          new Row("soft-cutout", null, new Cutout(GradientKind.EXACT)),
          new Row("autocontrast", null, new AutoContrast()),
          new Row("equalize", null, new Equalize(GradientKind.STRAIGHT_THROUGH)),
          new Row("invert", null, new Invert()),
          new Row("noise", null, new Noise()),
          new Row("randblend", null, new RandBlend()),
          new Row("blur", null, new Blur()),
          new Row("crop", null, new Crop(GradientKind.STRAIGHT_THROUGH)),
          new Row("erase", null, new Erase(GradientKind.STRAIGHT_THROUGH)),
          new Row("soft-erase", null, new Erase(GradientKind.EXACT)),
          new Row("hue", null, new Hue()));

  /** All rows; replaced as a whole, so that readers need no lock. */
  private static volatile List<Row> table = BUILT_IN;

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

    private boolean isOf(Transform other) {
      return transform.equals(other) || transform.withoutStraightThrough().equals(other);
    }
  }

  /**
   * Makes a transform known under a name of its own, as a function that files of transform sets and
   * policies may name, everywhere in this process. Any number of threads may register and read.
   *
   * @param function lower-case letters, digits and single hyphens between them
   * @param transform compared by {@code equals} when a set is written: best a record
   * @throws IllegalArgumentException if the name is not of this kind or taken, or the transform is
   *     known under another one
   */
  public static synchronized void register(String function, Transform transform) {
    if (!NAME.matcher(function).matches()) {
      throw new IllegalArgumentException(
          "function \""
              + function
              + "\", allowed: lower-case letters, digits, hyphens between them");
    }
    if (functions().contains(function) || names().contains(function)) {
      throw new IllegalArgumentException("function \"" + function + "\" exists already");
    }
    rowOf(transform)
        .ifPresent(
            row -> {
              throw new IllegalArgumentException(
                  "the transform is known as \"" + row.name() + "\" already");
            });
    List<Row> longer = new ArrayList<>(table);
    longer.add(new Row(function, null, transform));
    table = List.copyOf(longer);
  }

  /**
   * Takes a registered transform back. Sets that hold it keep it.
   *
   * @throws IllegalArgumentException if no transform was registered under that name
   */
  public static synchronized void unregister(String function) {
    List<Row> shorter =
        table.stream()
            .filter(row -> BUILT_IN.contains(row) || !row.function().equals(function))
            .toList();
    if (shorter.size() == table.size()) {
      throw new IllegalArgumentException("function \"" + function + "\" was not registered");
    }
    table = shorter;
  }

  /** Functions, as {@link TransformSet} files call them: {@code rotate}, {@code translate}... */
  public static List<String> functions() {
    return table.stream().map(Row::function).distinct().toList();
  }

  /** Functions with their axis, such as {@code rotate}, {@code translate-x}, {@code flip-y}. */
  public static List<String> names() {
    return table.stream().map(Row::name).toList();
  }

  /**
   * The transform of that name.
   *
   * @param name one of {@link #names()}
   * @throws IllegalArgumentException if there is none
   */
  public static Transform named(String name) {
    return table.stream()
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
    List<Row> rows = table.stream().filter(row -> row.function().equals(function)).toList();
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
    return table.stream().filter(row -> row.isOf(transform)).findFirst();
  }

  private static String list(List<String> names) {
    return String.join(", ", names);
  }
}
