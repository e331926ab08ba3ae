package io.github.smartaug.nn;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Dropout: in training, sets each value to zero with probability {@code rate} and divides the
 * others by {@code 1 - rate}; in evaluation, changes nothing. Srivastava et al., "Dropout", JMLR
 * 2014.
 *
 * @param rate in [0,1)
 */
public record Dropout(double rate) implements Layer {
  /** Checks the rate. */
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout rate is " + rate + ", allowed: in [0,1)");
    }
  }

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    return masked(rate, input, pass, input.shape());
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  /** With the mask of the forward pass. */
  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    return maskedTangent(inputTangent, pass);
  }

  /**
   * The input times a mask, which is left for {@link #maskedTangent}; the input in evaluation.
   *
   * @param shape of the mask, which is the same along lengths of 1
   */
  static Tensor masked(double rate, Tensor input, ForwardPass pass, long... shape) {
    if (pass.mode() instanceof Mode.Training training) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor mask = mask(rate, input, training.random(), shape);
        pass.leave(mask);
        return scope.keep(input.mul(mask));
      }
    }
    return new Tensor(input);
  }

  /** The tangent of {@link #masked}, with the mask that it left. */
  static Tensor maskedTangent(Tensor inputTangent, TangentPass pass) {
    Optional<Tensor> mask = pass.values().note();
    return mask.isPresent()
        ? TangentPass.linear(inputTangent, tangent -> tangent.mul(mask.get()))
        : new Tensor(inputTangent);
  }

  /**
   * Zeros and {@code 1 / (1 - rate)}. The mask is drawn on the device by libtorch's generator,
   * which is seeded here to make it a function of a generator that a checkpoint saves; and in
   * row-major order, to make it the same in every memory format, which torch.dropout would not.
   *
   * @param shape of the mask; its type and device are the input's
   */
  private static Tensor mask(double rate, Tensor input, RandomGenerator random, long... shape) {
    TorchRuntime.seed(random.nextLong());
    double kept = 1 - rate;
    Tensor mask = Tensors.full(1, input, shape);
    mask.bernoulli_(kept, new GeneratorOptional());
    mask.div_(new Scalar(kept));
    return mask;
  }
}
