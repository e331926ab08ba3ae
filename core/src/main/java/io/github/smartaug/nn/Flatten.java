package io.github.smartaug.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * One row of features per image, [B,C,H,W] to [B,C*H*W], in the order channel, row, column whatever
 * the memory format.
 */
public record Flatten() implements Layer {
  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    return input.flatten(1, -1);
  }
}
