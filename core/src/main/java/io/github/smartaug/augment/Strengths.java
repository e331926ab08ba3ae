package io.github.smartaug.augment;

import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.ValueCoefficients;
import java.util.stream.IntStream;

/**
 * How strong the transforms of published policies are, in place of values that are uniform in a
 * range: one strength, or one of 31, in a random direction where there are two.
 *
 * <p>A value follows from the draw u that places it in its range. The u of a strength is moved by
 * less than 2^-30, which no value in float32 feels, so that the seeds that are made of it differ
 * from image to image.
 */
final class Strengths {
  /** 0 to 30. */
  private static final int LEVELS = 31;

  private static final double JITTER = 0x1p-30;

  private final Direction[] directions;
  private final int levels;

  /** Where the strong end of a range is. */
  private enum Direction {
    UP {
      @Override
      double uniform(double strength, boolean positive) {
        return strength;
      }
    },
    DOWN {
      @Override
      double uniform(double strength, boolean positive) {
        return 1 - strength;
      }
    },
    BOTH {
      @Override
      double uniform(double strength, boolean positive) {
        return (1 + (positive ? strength : -strength)) / 2;
      }
    };

    /** The draw, in [0,1], of a strength in [0,1]. */
    abstract double uniform(double strength, boolean positive);

    static Direction of(ValueCoefficients value) {
      double low = Math.abs(value.value(1, 0) - value.value(0, 0));
      double high = Math.abs(value.value(1, 1) - value.value(0, 1));
      if (Math.abs(high - low) <= 1e-9 * Math.max(high, low)) {
        return BOTH;
      }
      return high > low ? UP : DOWN;
    }
  }

  private Strengths(TransformSet transforms, int levels) {
    this.directions =
        transforms.transforms().stream()
            .map(named -> Direction.of(named.mapping().coefficients(1, 1)))
            .toArray(Direction[]::new);
    this.levels = levels;
  }

  /** The end of the range. */
  static Strengths fixed(TransformSet transforms) {
    return new Strengths(transforms, 1);
  }

  /** One of 31 steps from the weak end of the range to the strong one, all equally likely. */
  static Strengths inLevels(TransformSet transforms) {
    return new Strengths(transforms, LEVELS);
  }

  /** Draws of the same transforms with these strengths. */
  Draws of(Draws uniform) {
    double[][] placed = new double[uniform.length()][];
    for (int n = 0; n < placed.length; n++) {
      int[] chosen = uniform.transforms()[n];
      double[] drawn = uniform.uniforms()[n];
      placed[n] =
          IntStream.range(0, drawn.length)
              .mapToDouble(i -> placed(directions[chosen[i]], drawn[i]))
              .toArray();
    }
    return new Draws(uniform.transforms(), placed, uniform.classes());
  }

  private double placed(Direction direction, double drawn) {
    boolean positive = drawn >= 0.5;
    double place = levels * (2 * drawn - (positive ? 1 : 0));
    int level = (int) place;
    double strength = levels == 1 ? 1 : (double) level / (levels - 1);
    double uniform = direction.uniform(strength, positive);
    double jitter = JITTER * (1 - (place - level));
    return uniform > 0.5 ? uniform - jitter : uniform + jitter;
  }
}
