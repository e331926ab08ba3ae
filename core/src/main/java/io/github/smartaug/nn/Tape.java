package io.github.smartaug.nn;

import io.github.smartaug.tensor.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * What a forward pass leaves for directional derivatives: input and output of every layer, in the
 * order of their execution, with their graphs.
 */
final class Tape implements AutoCloseable {
  private final Arena arena = new Arena();
  private final List<Primal> primals = new ArrayList<>();
  private Optional<Tensor> note = Optional.empty();

  /**
   * A layer's values.
   *
   * @param input what it was applied to
   * @param output what came out
   * @param note what the layer left for its tangent besides
   */
  record Primal(Tensor input, Tensor output, Optional<Tensor> note) {}

  /** Adds a note to the next record. */
  void leave(Tensor value) {
    note = Optional.of(hold(value));
  }

  void record(Tensor input, Tensor output) {
    primals.add(new Primal(hold(input), hold(output), note));
    note = Optional.empty();
  }

  /**
   * Handles of our own, because the given ones are closed by their users before their scope ends.
   */
  private Tensor hold(Tensor value) {
    return arena.hold(new Tensor(value));
  }

  List<Primal> primals() {
    return primals;
  }

  @Override
  public void close() {
    primals.clear();
    arena.close();
  }
}
