package io.github.smartaug.transform;

import io.github.smartaug.registry.Registry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The transforms by name. A new transform of this library is a class and a row here; one from
 * elsewhere is {@link #register registered}, or found on the class path.
 */
public final class Transforms {
  private static final String KIND = "transform";

  private static final Registry<TransformType> REGISTRY =
      new Registry<>(
          KIND,
          TransformType.class,
          List.of(
              new Row("identity", "changes nothing", new Identity()),
              new Row("flip", Axis.X, "mirrors left and right", new Flip(Axis.X)),
              new Row("flip", Axis.Y, "mirrors top and bottom", new Flip(Axis.Y)),
              new Row(
                  "rotate", "turns about the centre, counter-clockwise, by degrees", new Rotate()),
              new Row("translate", Axis.X, "moves right, by pixels", new Translate(Axis.X)),
              new Row("translate", Axis.Y, "moves down, by pixels", new Translate(Axis.Y)),
              new Row(
                  "shear",
                  Axis.X,
                  "shears along the rows, by the tangent of the angle",
                  new Shear(Axis.X)),
              new Row(
                  "shear",
                  Axis.Y,
                  "shears along the columns, by the tangent of the angle",
                  new Shear(Axis.Y)),
              new Row(
                  "contrast",
                  "moves away from or towards the mean grey, by a factor",
                  new Contrast()),
              new Row("color", "more or less colourful, by a factor", new Color()),
              new Row("brightness", "brighter or darker, by a factor", new Brightness()),
              new Row("sharpness", "sharper or smoother, by a factor", new Sharpness()),
              new Row(
                  "posterize",
                  "keeps the highest bits of every level",
                  new Posterize(GradientKind.STRAIGHT_THROUGH)),
              new Row(
                  "solarize",
                  "inverts what is brighter than a threshold",
                  new Solarize(GradientKind.STRAIGHT_THROUGH)),
              new Row(
                  "cutout",
                  "cuts out a black square anywhere, of a side in pixels",
                  new Cutout(GradientKind.STRAIGHT_THROUGH)),
              new Row(
                  "soft-cutout",
                  "cutout with an edge one pixel soft",
                  new Cutout(GradientKind.EXACT)),
              new Row(
                  "autocontrast", "stretches every channel to the full range", new AutoContrast()),
              new Row(
                  "equalize",
                  "flattens the histogram of every channel",
                  new Equalize(GradientKind.STRAIGHT_THROUGH)),
              new Row("invert", "inverts every level", new Invert()),
              new Row("noise", "adds normal noise of a standard deviation", new Noise()),
              new Row("randblend", "blends with uniform noise, by its share", new RandBlend()),
              new Row("blur", "Gaussian blur of a standard deviation in pixels", new Blur()),
              new Row(
                  "crop",
                  "moves by whole pixels both ways, up to a padding",
                  new Crop(GradientKind.STRAIGHT_THROUGH)),
              new Row(
                  "erase",
                  "fills a rectangle anywhere with noise, of a side in pixels",
                  new Erase(GradientKind.STRAIGHT_THROUGH)),
              new Row(
                  "soft-erase", "erase with an edge one pixel soft", new Erase(GradientKind.EXACT)),
              new Row("hue", "turns the hue, in turns of the colour circle", new Hue())),
          Transforms::requireUnambiguous);

  private Transforms() {}

  /** All names, such as {@code rotate}, {@code translate-x}, {@code flip-y}. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All entries. */
  public static List<TransformType> entries() {
    return REGISTRY.entries();
  }

  /** Functions, as {@link TransformSet} files call them: {@code rotate}, {@code translate}... */
  public static List<String> functions() {
    return entries().stream().map(TransformType::function).distinct().toList();
  }

  /**
   * The transform of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Transform named(String name) {
    return REGISTRY.named(name).transform();
  }

  /**
   * Adds a transform, for all of this process: files of transform sets and policies may name its
   * function.
   *
   * @throws IllegalArgumentException if its name is taken, or the transform has another one already
   */
  public static void register(TransformType transform) {
    REGISTRY.register(transform);
  }

  /**
   * {@link #register(TransformType) Adds} a transform without an axis.
   *
   * @param function its name
   * @param transform compared by {@code equals} when a set is written: best a record
   */
  public static void register(String function, Transform transform) {
    register(new Row(function, "added by the program", transform));
  }

  /**
   * Takes back a transform that was registered. Sets that hold it keep it.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is built in
   */
  public static void unregister(String name) {
    REGISTRY.unregister(name);
  }

  /** One function and axis stand for one transform, and the other way round. */
  private static void requireUnambiguous(TransformType entry, List<TransformType> known) {
    for (TransformType other : known) {
      boolean sameFunction = other.function().equals(entry.function());
      if (sameFunction && (other.axis().isEmpty() || entry.axis().isEmpty())) {
        throw new IllegalArgumentException(
            KIND
                + ": the function \""
                + entry.function()
                + "\" exists already, allowed: a new one");
      }
      if (isOf(entry.transform(), other)) {
        throw new IllegalArgumentException(
            "%s: \"%s\" does the same as \"%s\", allowed: one name for one transform"
                .formatted(KIND, entry.name(), other.name()));
      }
    }
  }

  /**
   * The transform of that function and axis.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Transform of(String function, Optional<Axis> axis) {
    return entries().stream()
        .filter(entry -> entry.axis().equals(axis))
        .filter(entry -> entry.function().equals(function) || entry.isNamed(function))
        .findFirst()
        .orElseThrow(() -> notFound(function, axis))
        .transform();
  }

  private static IllegalArgumentException notFound(String function, Optional<Axis> axis) {
    if (!functions().contains(function)) {
      return new IllegalArgumentException(
          "\"function\": \"" + function + "\", allowed: " + String.join(", ", functions()));
    }
    return new IllegalArgumentException(
        axis.map(given -> "\"axis\": " + given + ", allowed with \"" + function + "\": none")
            .orElse("\"axis\": missing, allowed with \"" + function + "\": X, Y"));
  }

  /** The entry of a transform, with or without straight-through gradients; empty for others. */
  public static Optional<TransformType> entryOf(Transform transform) {
    return entries().stream().filter(entry -> isOf(transform, entry)).findFirst();
  }

  private static boolean isOf(Transform transform, TransformType entry) {
    return Stream.of(entry.transform(), entry.transform().withoutStraightThrough())
        .anyMatch(transform::equals);
  }

  private record Row(String function, Optional<Axis> axis, String description, Transform transform)
      implements TransformType {
    Row(String function, String description, Transform transform) {
      this(function, Optional.empty(), description, transform);
    }

    Row(String function, Axis axis, String description, Transform transform) {
      this(function, Optional.of(axis), description, transform);
    }
  }
}
