package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * A residual connection, {@code main(x) + shortcut(x)}; He et al., "Deep Residual Learning for
 * Image Recognition", CVPR 2016.
 *
 * @param main what is learned as a difference
 * @param shortcut how the input gets to the other end; an empty {@link Sequential} hands it on
 */
public record Residual(Layer main, Layer shortcut) implements Layer {
  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor difference = pass.apply(main, input);
      Tensor around = pass.apply(shortcut, input);
      boolean inPlace =
          main.givesOutputAway()
              && pass.mayOverwrite(difference)
              && difference.is_same_size(around)
              && difference.scalar_type().intern() == around.scalar_type().intern();
      if (!inPlace) {
        return scope.keep(difference.add(around));
      }
      difference.add_(around);
      return scope.keep(difference);
    }
  }

  @Override
  public boolean givesOutputAway() {
    return true;
  }

  @Override
  public boolean isLinearizable() {
    return main.isLinearizable() && shortcut.isLinearizable();
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor difference = pass.apply(main, inputTangent);
      Tensor around = pass.apply(shortcut, inputTangent);
      Tensor sum = around.defined() ? difference.add(around) : difference;
      return scope.keep(sum);
    }
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return main.initialParameters(random).with(shortcut.initialParameters(random));
  }

  @Override
  public NamedTensors initialBuffers() {
    return main.initialBuffers().with(shortcut.initialBuffers());
  }
}
