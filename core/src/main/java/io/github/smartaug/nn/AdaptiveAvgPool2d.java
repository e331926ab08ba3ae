package io.github.smartaug.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Mean over a fixed number of windows whatever the size of the image, [B,C,H,W] to
 * [B,C,height,width].
 *
 * @param height windows along Y
 * @param width windows along X
 */
public record AdaptiveAvgPool2d(int height, int width) implements Layer {
  /** Global average pooling: one mean per channel, [B,C,1,1]. */
  public static AdaptiveAvgPool2d global() {
    return new AdaptiveAvgPool2d(1, 1);
  }

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    return apply(input);
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    return TangentPass.linear(inputTangent, this::apply);
  }

  private Tensor apply(Tensor input) {
    return torch.adaptive_avg_pool2d(input, height, width);
  }
}
