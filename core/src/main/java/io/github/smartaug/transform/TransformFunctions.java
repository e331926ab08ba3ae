package io.github.smartaug.transform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The transforms that files can name. A new one is one class and one row here. */
final class TransformFunctions {
  private static final Map<String, Function<Optional<Axis>, Transform>> BY_NAME =
      new LinkedHashMap<>();

  static {
    plain("identity", new Identity());
    alongAxis("flip", Flip::new);
    plain("rotate", new Rotate());
    alongAxis("translate", Translate::new);
    alongAxis("shear", Shear::new);
    plain("contrast", new Contrast());
    plain("color", new Color());
    plain("brightness", new Brightness());
    plain("sharpness", new Sharpness());
    plain("posterize", new Posterize());
    plain("solarize", new Solarize());
  }

  private TransformFunctions() {}

  private static void plain(String name, Transform transform) {
    BY_NAME.put(name, axis -> transform);
  }

  private static void alongAxis(String name, Function<Axis, Transform> factory) {
    BY_NAME.put(
        name,
        axis ->
            factory.apply(
                axis.orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "\"" + name + "\" needs an axis (allowed: X, Y)"))));
  }

  /** Names in order. */
  static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * The transform of that name.
   *
   * @throws IllegalArgumentException if the name is unknown or the axis is missing
   */
  static Transform create(String name, Optional<Axis> axis) {
    Function<Optional<Axis>, Transform> factory = BY_NAME.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "unknown function \"" + name + "\" (known: " + String.join(", ", names()) + ")");
    }
    return factory.apply(axis);
  }
}
