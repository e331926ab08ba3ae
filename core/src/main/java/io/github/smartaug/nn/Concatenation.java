package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The channels of the input, and behind them those that a layer makes of it, [B,C,H,W] to
 * [B,C+C',H,W]; Huang et al., "Densely Connected Convolutional Networks", CVPR 2017.
 *
 * @param added makes [B,C',H,W] of [B,C,H,W]
 */
public record Concatenation(Layer added) implements Layer {
  private static final long CHANNELS = 1;

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor more = pass.apply(added, input);
      pass.leave(more);
      return scope.keep(Tensors.concatenate(List.of(input, more), CHANNELS));
    }
  }

  @Override
  public boolean isLinearizable() {
    return added.isLinearizable();
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    LayerValues values = pass.values();
    try (TensorScope scope = TensorScope.open()) {
      Tensor more = pass.apply(added, inputTangent);
      if (!inputTangent.defined() && !more.defined()) {
        return new Tensor();
      }
      Tensor first = orZeros(inputTangent, values.input());
      Tensor second = orZeros(more, values.note().orElseThrow());
      return scope.keep(Tensors.concatenate(List.of(first, second), CHANNELS));
    }
  }

  private static Tensor orZeros(Tensor tangent, Tensor like) {
    return tangent.defined() ? tangent : torch.zeros_like(like.detach());
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return added.initialParameters(random);
  }

  @Override
  public NamedTensors initialBuffers() {
    return added.initialBuffers();
  }
}
