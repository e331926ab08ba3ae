package io.github.smartaug.examples;

import io.github.smartaug.nn.ForwardPass;
import io.github.smartaug.nn.Initializer;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.TangentPass;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A layer with a parameter: {@code x sigmoid(beta x)}; Ramachandran et al., "Searching for
 * activation functions", 2017. Its parameter is {@code beta} [1], one at first.
 *
 * @param name full name
 */
public record Swish(String name) implements Layer {
  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(input.mul(input.mul(pass.parameter(beta())).sigmoid()));
    }
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return NamedTensors.of(beta(), Initializer.constant(1).draw(random, 1));
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  /** With s = sigmoid(beta x): {@code (s + beta x s (1 - s)) dx + x x s (1 - s) dbeta}. */
  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    Tensor x = pass.values().input();
    try (TensorScope scope = TensorScope.open()) {
      Tensor s = x.mul(pass.parameter(beta())).sigmoid();
      Tensor slope = x.mul(s).mul(s.neg().add(new Scalar(1.0)));
      Tensor own = slope.mul(x).mul(pass.direction(beta()));
      Tensor along = s.add(slope.mul(pass.parameter(beta())));
      return scope.keep(TangentPass.sum(TangentPass.linear(inputTangent, along::mul), own));
    }
  }

  private String beta() {
    return name + ".beta";
  }
}
