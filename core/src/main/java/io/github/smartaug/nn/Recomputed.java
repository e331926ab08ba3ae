package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * A block of layers whose values inside are not kept for the backward pass, but computed again when
 * their turn comes: memory for time. Of a network whose parts are such blocks, training keeps the
 * values between the blocks and those of one block inside; Chen et al., "Training deep nets with
 * sublinear memory cost", 2016.
 *
 * <p>Results are the same bits as without. Random draws are repeated, and running statistics move
 * once. Second derivatives, too, keep one block at a time. What carries derivatives forwards, the
 * {@link #tangent} and dual numbers, keeps all values as without.
 */
public final class Recomputed implements Layer {
  private final Layer block;
  private final Set<String> names;

  /**
   * A block.
   *
   * @param block uses no parameters and buffers but those that it has at first
   */
  public Recomputed(Layer block) {
    this.block = block;
    try (TensorScope scope = TensorScope.open()) {
      names =
          Set.copyOf(
              block.initialParameters(new ShapesOnly()).with(block.initialBuffers()).names());
    }
  }

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    return pass.isKeptByGraph() ? pass.recomputed(block, input, names) : pass.apply(block, input);
  }

  @Override
  public boolean isLinearizable() {
    return block.isLinearizable();
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    return pass.apply(block, inputTangent);
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return block.initialParameters(random);
  }

  @Override
  public NamedTensors initialBuffers() {
    return block.initialBuffers();
  }

  @Override
  public String toString() {
    return "Recomputed[block=" + block + "]";
  }
}
