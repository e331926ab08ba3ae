package io.github.smartaug.nn;

import org.bytedeco.pytorch.Tensor;

/** Rectified linear unit, {@code max(0, x)}; its gradient at 0 is 0. */
public record ReLU() implements Layer {
  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    return input.relu();
  }
}
