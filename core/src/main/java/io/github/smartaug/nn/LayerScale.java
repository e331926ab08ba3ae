package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * What a layer makes, images [B,C,H,W], times a learned factor for each channel; Touvron et al.,
 * "Going deeper with image transformers", ICCV 2021.
 *
 * <p>Parameter: the factors, [C,1,1].
 *
 * @param name full name of the factors
 * @param channels C
 * @param initial first value of all factors
 * @param scaled the layer
 */
public record LayerScale(String name, int channels, float initial, Layer scaled) implements Layer {
  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor output = pass.apply(scaled, input);
      pass.leave(output);
      return scope.keep(output.mul(pass.parameter(name)));
    }
  }

  @Override
  public boolean isLinearizable() {
    return scaled.isLinearizable();
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    LayerValues values = pass.values();
    try (TensorScope scope = TensorScope.open()) {
      Tensor own = values.note().orElseThrow().mul(pass.direction(name));
      Tensor passed =
          TangentPass.linear(
              pass.apply(scaled, inputTangent), tangent -> tangent.mul(pass.parameter(name)));
      return scope.keep(TangentPass.sum(passed, own));
    }
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return NamedTensors.of(name, Initializer.constant(initial).draw(random, channels, 1, 1))
        .with(scaled.initialParameters(random));
  }

  @Override
  public NamedTensors initialBuffers() {
    return scaled.initialBuffers();
  }
}
