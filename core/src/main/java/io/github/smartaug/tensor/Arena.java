package io.github.smartaug.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/**
 * Owner of native values that live longer than the {@link TensorScope} in which they were computed,
 * such as the weights of a model between two steps.
 *
 * <p>Holding a value adds a reference to it, so the value survives the end of its scope. Closing
 * the arena frees it at once, without waiting for the garbage collector. Not thread-safe.
 */
public final class Arena implements AutoCloseable {
  private final List<Pointer> held = new ArrayList<>();

  /**
   * Holds a value until the arena is closed.
   *
   * @return the same value
   * @throws IllegalArgumentException if the value is closed or does not own its memory
   */
  public <T extends Pointer> T hold(T value) {
    TensorScope.requireOwner(value);
    value.retainReference();
    held.add(value);
    return value;
  }

  /** {@link #hold(Pointer) Holds} all tensors of a named set. */
  public NamedTensors hold(NamedTensors values) {
    values.tensors().forEach(this::hold);
    return values;
  }

  /** Number of values held. */
  public int size() {
    return held.size();
  }

  /** Releases all values. The arena may be used again. */
  @Override
  public void close() {
    held.forEach(Pointer::releaseReference);
    held.clear();
  }
}
