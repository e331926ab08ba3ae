package io.github.smartaug.nn;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Functions of each value by itself, besides {@link ReLU}. */
public enum Activation implements Layer {
  /** {@code min(max(0, x), 6)}; its gradient at 0 and at 6 is 0. */
  RELU6 {
    @Override
    Tensor value(Tensor input) {
      return torch.hardtanh(input, new Scalar(0.0), new Scalar(6.0));
    }

    @Override
    public Tensor overwrite(Tensor input, ForwardPass pass) {
      try (TensorScope scope = TensorScope.open()) {
        return scope.keep(new Tensor(torch.hardtanh_(input, new Scalar(0.0), new Scalar(6.0))));
      }
    }

    @Override
    Tensor slope(Tensor input) {
      Tensor constant = input.detach();
      Tensor within = constant.gt(new Scalar(0.0)).logical_and(constant.lt(new Scalar(6.0)));
      return within.to(input.scalar_type());
    }
  },

  /** The sigmoid, {@code 1 / (1 + exp(-x))}. */
  SIGMOID {
    @Override
    Tensor value(Tensor input) {
      return input.sigmoid();
    }

    @Override
    Tensor slope(Tensor input) {
      Tensor sigmoid = input.sigmoid();
      return sigmoid.mul(oneMinus(sigmoid));
    }
  },

  /**
   * {@code x sigmoid(x)}; Elfwing et al., "Sigmoid-weighted linear units for neural network
   * function approximation in reinforcement learning", Neural Networks 2018.
   */
  SILU {
    @Override
    Tensor value(Tensor input) {
      return torch.silu(input);
    }

    @Override
    Tensor slope(Tensor input) {
      Tensor sigmoid = input.sigmoid();
      return sigmoid.mul(input.mul(oneMinus(sigmoid)).add(new Scalar(1.0)));
    }
  },

  /**
   * {@code x} times the standard normal distribution function of x; Hendrycks and Gimpel, "Gaussian
   * error linear units", 2016.
   */
  GELU {
    @Override
    Tensor value(Tensor input) {
      return torch.gelu(input);
    }

    @Override
    Tensor slope(Tensor input) {
      Tensor distribution =
          input.mul(new Scalar(Math.sqrt(0.5))).erf().add(new Scalar(1.0)).mul(new Scalar(0.5));
      Tensor density =
          input.square().mul(new Scalar(-0.5)).exp().mul(new Scalar(1 / Math.sqrt(2 * Math.PI)));
      return distribution.add(input.mul(density));
    }
  };

  abstract Tensor value(Tensor input);

  /** The derivative, differentiable. */
  abstract Tensor slope(Tensor input);

  private static Tensor oneMinus(Tensor values) {
    return values.neg().add(new Scalar(1.0));
  }

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(value(input));
    }
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    Tensor input = pass.values().input();
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(TangentPass.linear(inputTangent, tangent -> tangent.mul(slope(input))));
    }
  }
}
