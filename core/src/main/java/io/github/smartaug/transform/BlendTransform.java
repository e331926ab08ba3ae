package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * A transform that goes from a degenerate version of an image, at factor 0, through the image
 * itself, at factor 1, and beyond: {@code clamp(base + factor * (image - base))}, as PIL's
 * ImageEnhance.
 *
 * <p>The clamp passes the gradient where the value is within [0,1], limits included.
 */
abstract class BlendTransform implements Transform {
  /**
   * The degenerate images, of a shape that broadcasts to that of the images.
   *
   * @param images [B,C,H,W]
   */
  abstract Tensor base(Tensor images);

  @Override
  public final Tensor apply(Tensor images, Tensor factors) {
    try (Scope scope = Scope.open()) {
      Tensor base = base(images);
      Tensor blended = base.add(images.sub(base).mul(factors.view(-1, 1, 1, 1)));
      return scope.keep(
          blended.clamp(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0))));
    }
  }

  /**
   * Luminance by ITU-R BT.601, {@code 0.299 R + 0.587 G + 0.114 B}, [B,1,H,W]; of an image with one
   * channel, itself.
   */
  static Tensor grey(Tensor images) {
    return switch ((int) images.size(1)) {
      case 1 -> images;
      case 3 -> {
        Tensor weights = Tensors.of(new double[] {0.299, 0.587, 0.114}, 1, 3, 1, 1);
        yield images
            .mul(weights.to(images.device(), images.scalar_type()))
            .sum(new long[] {1}, true, new ScalarTypeOptional());
      }
      default ->
          throw new IllegalArgumentException(
              "images have " + images.size(1) + " channels, allowed: 1 or 3");
    };
  }
}
