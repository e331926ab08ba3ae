package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/**
 * Blends with black.
 *
 * <p>Value: a factor, at least 0; 0 is black, 1 changes nothing, more is brighter.
 */
public record Brightness() implements BlendTransform {
  @Override
  public Tensor blend(Tensor images, Tensor factors) {
    return images.mul(factors);
  }
}
