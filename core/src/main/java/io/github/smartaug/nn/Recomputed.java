package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * A block of layers whose values inside are not kept for the backward pass, but computed again when
 * their turn comes: memory for time. Of a network whose parts are such blocks, training keeps the
 * values between the blocks and those of one block inside; Chen et al., "Training deep nets with
 * sublinear memory cost", 2016.
 *
 * <p>Results are the same bits as without. Random draws are repeated, and running statistics move
 * once. Second derivatives, too, keep one block at a time. The layer has no tangent, because that
 * would keep all values; dual numbers do, as without.
 */
final class Recomputed implements Layer {
  private final Layer block;
  private final Set<String> names;

  /**
   * A block.
   *
   * @param block uses no parameters and buffers but those that it has at first
   */
  Recomputed(Layer block) {
    this.block = block;
    try (TensorScope scope = TensorScope.open()) {
      names =
          Set.copyOf(
              block.initialParameters(new ShapesOnly()).with(block.initialBuffers()).names());
    }
  }

  /**
   * A network as blocks one after the other: of n layers in sequence, blocks of about sqrt(n), of
   * which all but the last are computed again.
   */
  static Layer inBlocks(Layer network) {
    List<Layer> layers = inSequence(network).toList();
    int size = (int) Math.ceil(Math.sqrt(layers.size()));
    List<Layer> blocks = new ArrayList<>();
    for (int begin = 0; begin < layers.size(); begin += size) {
      int end = Math.min(begin + size, layers.size());
      Layer block = new Sequential(layers.subList(begin, end));
      blocks.add(end == layers.size() ? block : new Recomputed(block));
    }
    return new Sequential(blocks);
  }

  private static Stream<Layer> inSequence(Layer layer) {
    return layer instanceof Sequential sequence
        ? sequence.layers().stream().flatMap(Recomputed::inSequence)
        : Stream.of(layer);
  }

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    return pass.isKeptByGraph() ? pass.recomputed(block, input, names) : pass.apply(block, input);
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
