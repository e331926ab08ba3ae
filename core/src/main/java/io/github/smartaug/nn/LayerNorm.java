package io.github.smartaug.nn;

import io.github.smartaug.tensor.DualNumbers;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Normalisation over the last dimension, [...,features]; Ba et al., "Layer Normalization", 2016,
 * with PyTorch's conventions: {@code (x - mean) / sqrt(variance + epsilon) * weight + bias}, with
 * the biased variance.
 *
 * <p>Parameters: {@code weight} [features], ones at first, and {@code bias} [features], zeros.
 *
 * @param name full name
 * @param features length of the last dimension
 * @param epsilon added to the variance, positive
 */
public record LayerNorm(String name, int features, double epsilon) implements Layer {
  private static final long[] LAST = {-1};

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    Tensor weight = pass.parameter(name + ".weight");
    Tensor bias = pass.parameter(name + ".bias");
    try (TensorScope scope = TensorScope.open()) {
      // The fused one treats its statistics as constants where dual numbers are differentiated.
      return scope.keep(
          DualNumbers.isActive()
              ? normalized(input).mul(weight).add(bias)
              : torch.layer_norm(
                  input,
                  new long[] {features},
                  new TensorOptional(weight),
                  new TensorOptional(bias),
                  epsilon,
                  true));
    }
  }

  private Tensor normalized(Tensor input) {
    Tensor centred = input.sub(mean(input));
    return centred.mul(reciprocalDeviation(centred));
  }

  private Tensor reciprocalDeviation(Tensor centred) {
    return mean(centred.square()).add(new Scalar(epsilon)).rsqrt();
  }

  private static Tensor mean(Tensor values) {
    return values.mean(LAST, true, new ScalarTypeOptional());
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  /**
   * With x^ the normalised input and s its deviation: {@code weight * (dx - mean(dx) - x^ mean(x^
   * dx)) / s + dweight * x^ + dbias}.
   */
  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor input = pass.values().input();
      Tensor centred = input.sub(mean(input));
      Tensor reciprocal = reciprocalDeviation(centred);
      Tensor normalized = centred.mul(reciprocal);
      Tensor own =
          normalized.mul(pass.direction(name + ".weight")).add(pass.direction(name + ".bias"));
      Tensor passed =
          TangentPass.linear(
              inputTangent,
              tangent ->
                  tangent
                      .sub(mean(tangent))
                      .sub(normalized.mul(mean(normalized.mul(tangent))))
                      .mul(reciprocal)
                      .mul(pass.parameter(name + ".weight")));
      return scope.keep(TangentPass.sum(passed, own));
    }
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    Tensor weight = Initializer.constant(1).draw(random, features);
    Tensor bias = Initializer.constant(0).draw(random, features);
    return NamedTensors.of(name + ".weight", weight).with(NamedTensors.of(name + ".bias", bias));
  }
}
