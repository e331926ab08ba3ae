package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A random crop of the image's own size after padding with what the {@link Sampling.Border border}
 * says, black by default; the value is the padding in pixels, rounded. In effect the image moves by
 * a whole number of pixels, drawn from -padding to padding along each axis.
 *
 * <p>For the straight-through gradient to the value, the shift is {@code (2u - 1) value} instead of
 * a whole number, and the derivative of the image along it is the difference of the two images that
 * are shifted by one pixel more and one less, halved: the mean of the derivatives of linear
 * interpolation to both sides.
 *
 * <p>Value: pixels, at least 0; 0 changes nothing.
 *
 * @param gradientKind straight-through, or none
 */
public record Crop(GradientKind gradientKind) implements ShiftingTransform {
  private static final int ROWS = 2;
  private static final int COLUMNS = 3;

  /**
   * Checks the gradient.
   *
   * @throws IllegalArgumentException if it is {@link GradientKind#EXACT}, which there is not
   */
  public Crop {
    StraightThrough.require(gradientKind);
  }

  /** With the straight-through gradient. */
  public Crop() {
    this(GradientKind.STRAIGHT_THROUGH);
  }

  @Override
  public Tensor apply(Tensor images, Tensor values, long[] seeds) {
    return apply(images, values, seeds, Sampling.DEFAULT);
  }

  @Override
  public Tensor apply(Tensor images, Tensor values, long[] seeds, Sampling sampling) {
    Sampling.Border border = sampling.border();
    PerImage.check(values, images);
    Seeds.check(seeds, images);
    try (TensorScope scope = TensorScope.open()) {
      Tensor drawn = Seeds.uniforms(seeds, 2, images);
      Tensor shifts = shifts(values.detach(), drawn);
      Tensor shiftsX = shifts.select(0, 0);
      Tensor shiftsY = shifts.select(0, 1);
      Tensor inRows = moved(images, shiftsY, ROWS, border);
      Tensor result = moved(inRows, shiftsX, COLUMNS, border);
      if (gradientKind == GradientKind.NONE || !StraightThrough.wanted(values)) {
        return scope.keep(result);
      }
      Tensor inColumns = moved(images, shiftsX, COLUMNS, border);
      Tensor slope =
          along(derivative(inRows, shiftsX, COLUMNS, border), drawn.select(0, 0))
              .add(along(derivative(inColumns, shiftsY, ROWS, border), drawn.select(0, 1)));
      return scope.keep(StraightThrough.slope(result, values.view(-1, 1, 1, 1), slope));
    }
  }

  @Override
  public Tensor shifts(Tensor values, long[] seeds) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(shifts(values.detach(), Seeds.uniforms(seeds, 2, values)));
    }
  }

  /** Whole numbers from -padding to padding, of the uniforms' shape. */
  private static Tensor shifts(Tensor values, Tensor uniforms) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor padding = values.round().clamp_min(new Scalar(0));
      Tensor count = padding.mul(new Scalar(2)).add(new Scalar(1));
      Tensor shifts = uniforms.mul(count).floor().sub(padding);
      // In float32 a draw just below 1 may round up.
      return scope.keep(torch.minimum(shifts, padding));
    }
  }

  /** Derivative of a shift with respect to the padding times that of the image. */
  private static Tensor along(Tensor derivative, Tensor uniforms) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor direction = uniforms.mul(new Scalar(2)).sub(new Scalar(1)).view(-1, 1, 1, 1);
      return scope.keep(derivative.mul(direction));
    }
  }

  private static Tensor derivative(Tensor images, Tensor shifts, int axis, Sampling.Border border) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor plain = images.detach();
      Tensor further = moved(plain, shifts.add(new Scalar(1)), axis, border);
      Tensor nearer = moved(plain, shifts.sub(new Scalar(1)), axis, border);
      return scope.keep(further.sub(nearer).div(new Scalar(2)));
    }
  }

  /** Images moved by whole numbers of pixels along an axis. */
  private static Tensor moved(Tensor images, Tensor shifts, int axis, Sampling.Border border) {
    long size = images.size(axis);
    long[] shape = {images.size(0), 1, 1, 1};
    shape[axis] = size;
    try (TensorScope scope = TensorScope.open()) {
      Tensor places = torch.arange(new Scalar(size), shifts.options());
      Tensor sources = places.sub(shifts.view(-1, 1)).view(shape);
      Tensor index = inside(sources, size, border).to(ScalarType.Long).expand_as(images);
      Tensor moved = images.gather(axis, index);
      return scope.keep(
          border == Sampling.Border.ZEROS ? moved.mul(isInside(sources, size)) : moved);
    }
  }

  private static Tensor isInside(Tensor sources, long size) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(sources.ge(new Scalar(0)).logical_and(sources.lt(new Scalar(size))));
    }
  }

  /** The pixel that is read for each of the sources; any where black is read. */
  private static Tensor inside(Tensor sources, long size, Sampling.Border border) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(
          switch (border) {
            case ZEROS -> sources.remainder(new Scalar(size));
            case EDGE ->
                sources.clamp(
                    new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(size - 1)));
            case REFLECTION -> mirrored(sources, size);
          });
    }
  }

  /** Forwards over the image and backwards, again and again. */
  private static Tensor mirrored(Tensor sources, long size) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor forwards = sources.remainder(new Scalar(2 * size));
      Tensor backwards = forwards.neg().add_(new Scalar(2 * size - 1));
      return scope.keep(torch.minimum(forwards, backwards));
    }
  }

  @Override
  public ValueRange allowedValues() {
    return ValueRange.NOT_NEGATIVE;
  }

  @Override
  public Transform withoutStraightThrough() {
    return new Crop(GradientKind.NONE);
  }

  @Override
  public ValueUnit unit() {
    return ValueUnit.PIXELS;
  }
}
