package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The range of a transform's value, of which a magnitude m opens a part, and a uniform draw u picks
 * a point:
 *
 * <ul>
 *   <li>symmetric (no minimum): {@code m * max * (2u - 1)};
 *   <li>direct: {@code min + (hi - min) * u} with {@code hi = min + m * (max - min)};
 *   <li>inverse, where small values are strong: {@code lo + (max - lo) * u} with {@code lo = min +
 *       (1 - m) * (max - min)}.
 * </ul>
 *
 * <p>A relative range is a share of the image's size: of its width along X, of its height along Y,
 * of the larger without an axis.
 *
 * @param minimum weakest (direct) or strongest (inverse) value; empty for a symmetric range
 * @param maximum strongest (direct) or weakest (inverse) value
 * @param scale which end of the range is strong
 * @param axis the axis along which the transform works, if any
 * @param extent whether minimum and maximum are shares of the image's size
 */
public record MagnitudeRange(
    OptionalDouble minimum, double maximum, Scale scale, Optional<Axis> axis, Extent extent)
    implements ValueRange {
  /** Which end of a range is strong. */
  public enum Scale {
    /** The maximum. */
    DIRECT,
    /** The minimum. */
    INVERSE
  }

  /** Unit of minimum and maximum. */
  public enum Extent {
    /** The transform's unit. */
    ABSOLUTE,
    /** The image's size. */
    RELATIVE
  }

  /** Checks the order of the limits. */
  public MagnitudeRange {
    if (!Double.isFinite(maximum)
        || (minimum.isPresent() && !Double.isFinite(minimum.getAsDouble()))) {
      throw new IllegalArgumentException("the limits of a range must be finite numbers");
    }
    if (minimum.isPresent() && minimum.getAsDouble() > maximum) {
      throw new IllegalArgumentException(
          "min " + minimum.getAsDouble() + " is larger than max " + maximum);
    }
    if (minimum.isEmpty() && scale == Scale.INVERSE) {
      throw new IllegalArgumentException("an inverse range needs a min");
    }
  }

  @Override
  public Tensor values(Tensor magnitudes, Tensor uniforms, int height, int width) {
    double unit = unit(height, width);
    double max = maximum * unit;
    try (Scope scope = Scope.open()) {
      if (minimum.isEmpty()) {
        Tensor signed = uniforms.mul(new Scalar(2.0)).sub(new Scalar(1.0));
        return scope.keep(magnitudes.mul(new Scalar(max)).mul(signed));
      }
      double min = minimum.getAsDouble() * unit;
      Tensor opened = magnitudes.mul(new Scalar(max - min));
      return scope.keep(
          switch (scale) {
            case DIRECT -> opened.mul(uniforms).add(new Scalar(min));
            // lo + (max - lo) u = max - m (max - min) (1 - u)
            case INVERSE -> opened.mul(uniforms.sub(new Scalar(1.0))).add(new Scalar(max));
          });
    }
  }

  private double unit(int height, int width) {
    if (extent == Extent.ABSOLUTE) {
      return 1;
    }
    return axis.map(a -> a == Axis.X ? width : height).orElse(Math.max(height, width));
  }
}
