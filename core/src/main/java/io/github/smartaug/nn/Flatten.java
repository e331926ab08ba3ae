package io.github.smartaug.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * One row of features per image, [B,C,H,W] to [B,C*H*W], in the order channel, row, column whatever
 * the memory format.
 */
public record Flatten() implements Layer {
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
    return input.flatten(1, -1);
  }
}
