package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Stretches every channel so that its darkest pixel becomes 0 and its brightest 1; a channel whose
 * brightest is less than one level above its darkest stays as it is. As PIL's {@code
 * ImageOps.autocontrast}, without its rounding to whole grey levels.
 *
 * <p>Takes no value.
 */
public record AutoContrast() implements ValuelessTransform {
  private static final long[] PIXELS = {2, 3};

  /** One level, short of what rounding may have taken from either end. */
  private static final double ONE_LEVEL = 1.0 / Levels.WHITE - 2 * Levels.TOLERANCE;

  @Override
  public Tensor apply(Tensor images, Tensor values) {
    PerImage.check(images);
    try (TensorScope scope = TensorScope.open()) {
      Tensor darkest = images.amin(PIXELS, true);
      Tensor spread = images.amax(PIXELS, true).sub(darkest);
      Tensor flat = spread.lt(new Scalar(ONE_LEVEL));
      Tensor usable = torch.where(flat, torch.ones_like(spread), spread);
      return scope.keep(torch.where(flat, images, images.sub(darkest).div(usable)));
    }
  }
}
