package io.github.smartaug.nn;

import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.Tensor;

/** Rectified linear unit, {@code max(0, x)}; its gradient at 0 is 0. */
public record ReLU() implements Layer {
  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    return input.relu();
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    Tape.Primal primal = pass.next();
    try (Scope scope = Scope.open()) {
      Tensor active = primal.output().detach().sign();
      return scope.keep(TangentPass.linear(inputTangent, tangent -> tangent.mul(active)));
    }
  }
}
