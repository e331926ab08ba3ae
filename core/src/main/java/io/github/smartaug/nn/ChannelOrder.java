package io.github.smartaug.nn;

import org.bytedeco.pytorch.Tensor;

/** Moves the channels of images to another dimension, for layers that work on the last one. */
public enum ChannelOrder implements Layer {
  /** [B,C,H,W] to [B,H,W,C]. */
  LAST(0, 2, 3, 1),
  /** [B,H,W,C] to [B,C,H,W]. */
  FIRST(0, 3, 1, 2);

  private final long[] dimensions;

  ChannelOrder(long... dimensions) {
    this.dimensions = dimensions;
  }

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    return input.permute(dimensions);
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    return TangentPass.linear(inputTangent, tangent -> tangent.permute(dimensions));
  }
}
