package io.github.smartaug.nn;

import org.bytedeco.pytorch.Tensor;

/** The first token of each image, [B,T,D] to [B,D]. */
public record FirstToken() implements Layer {
  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    return input.select(1, 0);
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    return TangentPass.linear(inputTangent, tangent -> tangent.select(1, 0));
  }
}
