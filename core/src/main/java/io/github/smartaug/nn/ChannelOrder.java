package io.github.smartaug.nn;

import org.bytedeco.pytorch.Tensor;

/** Moves the channels of images to another dimension, for layers that work on the last one. */
public enum ChannelOrder implements Layer {
  /** [B,C,H,W] to [B,H,W,C]. */
  LAST {
    @Override
    Tensor moved(Tensor values) {
      return values.permute(0, 2, 3, 1);
    }
  },
  /** [B,H,W,C] to [B,C,H,W]. */
  FIRST {
    @Override
    Tensor moved(Tensor values) {
      return values.permute(0, 3, 1, 2);
    }
  };

  abstract Tensor moved(Tensor values);

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    return moved(input);
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    return TangentPass.linear(inputTangent, this::moved);
  }
}
