package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
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

  private ForwardPass(NamedTensors parameters, NamedTensors buffers, Mode mode) {
    this.parameters = parameters;
    this.buffers = buffers;
    this.mode = mode;
  }

  /** Begins a pass; in training mode, copies the buffers into the current scope. */
  public static ForwardPass begin(NamedTensors parameters, NamedTensors buffers, Mode mode) {
    boolean writes = mode instanceof Mode.Training;
    return new ForwardPass(parameters, writes ? buffers.copy() : buffers, mode);
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
