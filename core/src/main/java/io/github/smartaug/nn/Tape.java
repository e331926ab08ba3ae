package io.github.smartaug.nn;

import io.github.smartaug.tensor.Arena;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What a forward pass leaves for directional derivatives: input and output of every layer, in the
 * order of their execution, with their graphs.
 */
final class Tape implements AutoCloseable {
  private final Arena arena = new Arena();
  private final List<Primal> primals = new ArrayList<>();

  /**
   * A layer's values.
   *
   * @param input what it was applied to
   * @param output what came out
   */
  record Primal(Tensor input, Tensor output) {}

  void record(Tensor input, Tensor output) {
    // Handles of our own, because the given ones are closed by their users before their scope ends.
    primals.add(new Primal(arena.hold(new Tensor(input)), arena.hold(new Tensor(output))));
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
