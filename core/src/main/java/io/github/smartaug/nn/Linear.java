package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Fully connected layer with bias, [...,inputs] to [...,outputs].
 *
 * @param weightName full name of the weight, [outputs,inputs]
 * @param biasName full name of the bias, [outputs]
 * @param inputs number of input features
 * @param outputs number of output features
 * @param weight how the weight is drawn
 * @param bias how the bias is drawn
 */
public record Linear(
    String weightName,
    String biasName,
    int inputs,
    int outputs,
    Initializer weight,
    Initializer bias)
    implements Layer {
  /** A layer with the parameters {@code NAME.weight} and {@code NAME.bias}. */
  public Linear(String name, int inputs, int outputs, Initializer weight, Initializer bias) {
    this(name + ".weight", name + ".bias", inputs, outputs, weight, bias);
  }

  /** The same, drawn by PyTorch's default. */
  public Linear(String name, int inputs, int outputs) {
    this(
        name,
        inputs,
        outputs,
        Initializer.kaimingUniform(),
        Initializer.uniform(1 / Math.sqrt(inputs)));
  }

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    if (pass.isForShapes()) {
      return ShapesOnly.withLast(input, outputs);
    }
    try (TensorScope scope = TensorScope.open()) {
      TensorOptional added = new TensorOptional(pass.parameter(biasName));
      return scope.keep(torch.linear(input, pass.parameter(weightName), added));
    }
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    NamedTensors drawn = NamedTensors.of(weightName, weight.draw(random, outputs, inputs));
    return drawn.with(NamedTensors.of(biasName, bias.draw(random, outputs)));
  }

  @Override
  public long multiplyAdds(Tensor input, Tensor output) {
    return output.numel() * inputs;
  }

  @Override
  public boolean givesOutputAway() {
    return true;
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    LayerValues values = pass.values();
    try (TensorScope scope = TensorScope.open()) {
      TensorOptional added = new TensorOptional(pass.direction(biasName));
      Tensor own = torch.linear(values.input(), pass.direction(weightName), added);
      Tensor factor = pass.parameter(weightName);
      Tensor passed = TangentPass.linear(inputTangent, tangent -> torch.linear(tangent, factor));
      return scope.keep(TangentPass.sum(passed, own));
    }
  }
}
