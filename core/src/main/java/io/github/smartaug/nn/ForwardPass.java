package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * What the layers of a network see during one pass: the parameters, the buffers and the mode.
 *
 * <p>In training mode the pass works on copies of the buffers, made when it begins. Layers write
 * into these, so that the buffers that were given stay as they are.
 */
public final class ForwardPass {
  private final NamedTensors parameters;
  private final NamedTensors buffers;
  private final Mode mode;
  private final Optional<Tape> tape;

  private ForwardPass(
      NamedTensors parameters, NamedTensors buffers, Mode mode, Optional<Tape> tape) {
    this.parameters = parameters;
    this.buffers = buffers;
    this.mode = mode;
    this.tape = tape;
  }

  /** Begins a pass; in training mode, copies the buffers into the current scope. */
  public static ForwardPass begin(NamedTensors parameters, NamedTensors buffers, Mode mode) {
    return begin(parameters, buffers, mode, Optional.empty());
  }

  /** Begins a pass that is recorded. */
  static ForwardPass recorded(NamedTensors parameters, NamedTensors buffers, Mode mode, Tape tape) {
    return begin(parameters, buffers, mode, Optional.of(tape));
  }

  private static ForwardPass begin(
      NamedTensors parameters, NamedTensors buffers, Mode mode, Optional<Tape> tape) {
    boolean writes = mode instanceof Mode.Training;
    return new ForwardPass(parameters, writes ? buffers.copy() : buffers, mode, tape);
  }

  /** Applies a layer inside another one. */
  public Tensor apply(Layer layer, Tensor input) {
    return tape.isPresent()
        ? tape.get().record(input, () -> layer.forward(input, this))
        : layer.forward(input, this);
  }

  /**
   * Leaves a value of the layer's forward pass for its tangent, if there will be one: see {@link
   * LayerValues#note}. A layer leaves at most one; a second one replaces it.
   */
  public void leave(Tensor value) {
    tape.ifPresent(t -> t.leave(value));
  }

  /**
   * The parameter of that full name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Tensor parameter(String name) {
    return parameters.get(name);
  }

  /**
   * The buffer of that full name; in training mode a copy without history that the layer may
   * overwrite.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Tensor buffer(String name) {
    return buffers.get(name);
  }

  /** All buffers: what the layers have written so far, or the ones given in evaluation mode. */
  public NamedTensors buffers() {
    return buffers;
  }

  /** Whether the network is trained or evaluated. */
  public Mode mode() {
    return mode;
  }
}
