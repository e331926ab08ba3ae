package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Fully connected layer with bias, [B,inputs] to [B,outputs].
 *
 * <p>Parameters: {@code weight} [outputs,inputs] and {@code bias} [outputs], drawn by PyTorch's
 * default.
 *
 * @param name full name
 * @param inputs number of input features
 * @param outputs number of output features
 */
public record Linear(String name, int inputs, int outputs) implements Layer {
  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    try (TensorScope scope = TensorScope.open()) {
      TensorOptional bias = new TensorOptional(pass.parameter(biasName()));
      return scope.keep(torch.linear(input, pass.parameter(weightName()), bias));
    }
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    Tensor weight = Initializer.kaimingUniform().draw(random, outputs, inputs);
    Tensor bias = Initializer.uniform(1 / Math.sqrt(inputs)).draw(random, outputs);
    return NamedTensors.of(weightName(), weight).with(NamedTensors.of(biasName(), bias));
  }

  private String weightName() {
    return name + ".weight";
  }

  private String biasName() {
    return name + ".bias";
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    LayerValues values = pass.values();
    try (TensorScope scope = TensorScope.open()) {
      TensorOptional bias = new TensorOptional(pass.direction(biasName()));
      Tensor own = torch.linear(values.input(), pass.direction(weightName()), bias);
      Tensor weight = pass.parameter(weightName());
      Tensor passed = TangentPass.linear(inputTangent, tangent -> torch.linear(tangent, weight));
      return scope.keep(TangentPass.sum(passed, own));
    }
  }
}
