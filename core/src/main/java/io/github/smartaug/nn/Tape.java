package io.github.smartaug.nn;

import io.github.smartaug.tensor.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * What a forward pass leaves for directional derivatives: the values of every layer, in the order
 * in which the layers began; one that is made of layers comes before these.
 */
final class Tape implements AutoCloseable {
  private final Arena arena = new Arena();
  private final List<LayerValues> values = new ArrayList<>();

  /** What the layer that is at work has left so far. */
  private Optional<Tensor> note = Optional.empty();

  /** Adds a note to the values of the layer that is at work. */
  void leave(Tensor value) {
    note = Optional.of(hold(value));
  }

  /** Does the work of a layer and records it. */
  Tensor record(Tensor input, Supplier<Tensor> layer) {
    Optional<Tensor> outer = note;
    note = Optional.empty();
    int position = values.size();
    values.add(null);
    Tensor output = layer.get();
    values.set(position, new LayerValues(hold(input), hold(output), note));
    note = outer;
    return output;
  }

  /**
   * Handles of our own, because the given ones are closed by their users before their scope ends.
   */
  private Tensor hold(Tensor value) {
    return arena.hold(new Tensor(value));
  }

  List<LayerValues> values() {
    return values;
  }

  @Override
  public void close() {
    values.clear();
    arena.close();
  }
}
