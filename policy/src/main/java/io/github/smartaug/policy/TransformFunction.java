package io.github.smartaug.policy;

import java.util.Arrays;
import java.util.List;

/** What a transform does, by its name in files and its axis. */
enum TransformFunction {
  IDENTITY("identity", Value.NONE),
  FLIP_X("flip", 'X', Value.NONE),
  FLIP_Y("flip", 'Y', Value.NONE),
  ROTATE("rotate", Value.ANY),
  TRANSLATE_X("translate", 'X', Value.ANY),
  TRANSLATE_Y("translate", 'Y', Value.ANY),
  SHEAR_X("shear", 'X', Value.ANY),
  SHEAR_Y("shear", 'Y', Value.ANY),
  CONTRAST("contrast", Value.NOT_NEGATIVE),
  COLOR("color", Value.NOT_NEGATIVE),
  BRIGHTNESS("brightness", Value.NOT_NEGATIVE),
  SHARPNESS("sharpness", Value.NOT_NEGATIVE),
  POSTERIZE("posterize", Value.BITS),
  SOLARIZE("solarize", Value.SHARE),
  CUTOUT("cutout", Value.NOT_NEGATIVE),
  SOFT_CUTOUT("soft-cutout", Value.NOT_NEGATIVE),
  AUTOCONTRAST("autocontrast", Value.NONE),
  EQUALIZE("equalize", Value.NONE),
  INVERT("invert", Value.NONE),
  NOISE("noise", Value.NOT_NEGATIVE),
  RANDBLEND("randblend", Value.SHARE),
  BLUR("blur", Value.NOT_NEGATIVE),
  CROP("crop", Value.NOT_NEGATIVE),
  ERASE("erase", Value.NOT_NEGATIVE),
  SOFT_ERASE("soft-erase", Value.NOT_NEGATIVE),
  HUE("hue", Value.ANY);

  /** The values that make sense, if there is one at all. */
  enum Value {
    NONE(0, 0, "none"),
    ANY(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "finite numbers"),
    NOT_NEGATIVE(0, Double.POSITIVE_INFINITY, "at least 0"),
    SHARE(0, 1, "0 to 1"),
    BITS(0, 8, "0 to 8");

    final double min;
    final double max;
    final String words;

    Value(double min, double max, String words) {
      this.min = min;
      this.max = max;
      this.words = words;
    }

    boolean contains(double value) {
      return Float.isFinite((float) value) && value >= min && value <= max;
    }
  }

  /** Of functions that come without one. */
  private static final char NO_AXIS = ' ';

  final String function;
  final char axis;
  final Value value;

  TransformFunction(String function, Value value) {
    this(function, NO_AXIS, value);
  }

  TransformFunction(String function, char axis, Value value) {
    this.function = function;
    this.axis = axis;
    this.value = value;
  }

  /** Names of functions in files. */
  static List<String> names() {
    return Arrays.stream(values()).map(entry -> entry.function).distinct().toList();
  }

  /** The entries of a name: one, or one for each axis. */
  static List<TransformFunction> named(String function) {
    return Arrays.stream(values()).filter(entry -> entry.function.equals(function)).toList();
  }

  /** Whether there is another entry of the name for the other axis. */
  boolean hasAxis() {
    return axis != NO_AXIS;
  }

  boolean usesValue() {
    return value != Value.NONE;
  }

  /** Whether pixels move along an affine map. */
  boolean isAffine() {
    return switch (this) {
      case FLIP_X, FLIP_Y, ROTATE, TRANSLATE_X, TRANSLATE_Y, SHEAR_X, SHEAR_Y -> true;
      default -> false;
    };
  }

  /** Whether the function jumps, so that a magnitude is learned by an estimate of its gradient. */
  boolean jumps() {
    return switch (this) {
      case POSTERIZE, SOLARIZE, CUTOUT, CROP, ERASE -> true;
      default -> false;
    };
  }

  /** Where each output pixel comes from, by this affine function. */
  AffineMatrix inverse(float value, int height, int width) {
    return switch (this) {
      case FLIP_X -> new AffineMatrix(-1, 0, width - 1, 0, 1, 0);
      case FLIP_Y -> new AffineMatrix(1, 0, 0, 0, -1, height - 1);
      case ROTATE -> AffineMatrix.rotation(value, height, width);
      case TRANSLATE_X -> new AffineMatrix(1, 0, -value, 0, 1, 0);
      case TRANSLATE_Y -> new AffineMatrix(1, 0, 0, 0, 1, -value);
      case SHEAR_X -> new AffineMatrix(1, -value, 0, 0, 1, 0);
      case SHEAR_Y -> new AffineMatrix(1, 0, 0, -value, 1, 0);
      default -> AffineMatrix.IDENTITY;
    };
  }

  /**
   * Transforms an image.
   *
   * @param image overwritten
   * @param value in the function's own unit
   * @param seed of what is drawn besides
   */
  void apply(Planes image, float value, long seed, Sampling sampling) {
    switch (this) {
      case IDENTITY -> {}
      case FLIP_X -> Shifts.mirrorColumns(image);
      case FLIP_Y -> Shifts.mirrorRows(image);
      case ROTATE, TRANSLATE_X, TRANSLATE_Y, SHEAR_X, SHEAR_Y ->
          new AffineSampler(image, sampling).sample(inverse(value, image.height, image.width));
      case CONTRAST -> Blends.contrast(image, value);
      case COLOR -> Blends.color(image, value);
      case BRIGHTNESS -> Blends.brightness(image, value);
      case SHARPNESS -> Blends.sharpness(image, value);
      case POSTERIZE -> Levels.posterize(image, value);
      case SOLARIZE -> Levels.solarize(image, value);
      case CUTOUT -> Holes.cutout(image, value, seed, Holes.Edge.HARD);
      case SOFT_CUTOUT -> Holes.cutout(image, value, seed, Holes.Edge.SOFT);
      case AUTOCONTRAST -> Levels.autoContrast(image);
      case EQUALIZE -> Levels.equalize(image);
      case INVERT -> Levels.invert(image);
      case NOISE -> Noise.normal(image, value, seed);
      case RANDBLEND -> Noise.blend(image, value, seed);
      case BLUR -> Blur.gaussian(image, value);
      case CROP -> Shifts.crop(image, value, seed, sampling.border());
      case ERASE -> Holes.erase(image, value, seed, Holes.Edge.HARD);
      case SOFT_ERASE -> Holes.erase(image, value, seed, Holes.Edge.SOFT);
      case HUE -> Hue.turn(image, value);
    }
  }
}
