package io.github.smartaug.nn;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic depth, at the end of the main path of a {@link Residual}: in training, sets all values
 * of an image to zero with probability {@code rate} and divides those of the others by {@code 1 -
 * rate}; in evaluation, changes nothing. Huang et al., "Deep Networks with Stochastic Depth", ECCV
 * 2016.
 *
 * @param rate in [0,1)
 */
public record StochasticDepth(double rate) implements Layer {
  /** Checks the rate. */
  public StochasticDepth {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "stochastic depth's rate is " + rate + ", allowed: in [0,1)");
    }
  }

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    long[] perImage = new long[(int) input.dim()];
    Arrays.fill(perImage, 1);
    perImage[0] = input.size(0);
    return Dropout.masked(rate, input, pass, perImage);
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  /** With the mask of the forward pass. */
  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    return Dropout.maskedTangent(inputTangent, pass);
  }
}
