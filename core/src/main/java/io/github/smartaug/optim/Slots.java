package io.github.smartaug.optim;

import io.github.smartaug.tensor.NamedTensors;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * The state of one parameter during one update. Values are read from the state before the update
 * and written to the state after it.
 */
public final class Slots {
  private final OptimizerState before;
  private final String parameter;
  private final Map<String, Tensor> after = new LinkedHashMap<>();

  Slots(OptimizerState before, String parameter) {
    this.before = before;
    this.parameter = parameter;
  }

  /** Number of this update, from 1. */
  public long step() {
    return before.steps() + 1;
  }

  /** The value of a slot before this update; empty in the first one. */
  public Optional<Tensor> get(String slot) {
    NamedTensors tensors = before.slots().get(slot);
    return Optional.ofNullable(tensors == null ? null : tensors.asMap().get(parameter));
  }

  /**
   * Sets the value of a slot after this update.
   *
   * @param value a new tensor, not one of the update's arguments
   * @return the value
   */
  public Tensor put(String slot, Tensor value) {
    after.put(slot, value);
    return value;
  }

  /**
   * Moves a running mean that starts at zero: {@code mean = decay * mean + (1 - decay) * value}.
   *
   * @return the new mean, which is also the slot's value after this update
   */
  public Tensor runningMean(String slot, Hyperparameter decay, Tensor value) {
    Tensor share = decay.complement().times(value);
    return put(slot, get(slot).map(mean -> decay.addTo(share, mean)).orElse(share));
  }

  /**
   * {@link #runningMean} to the same bits without history; overwrites nothing that was given.
   *
   * @return the new mean, which is also the slot's value after this update
   */
  Tensor constantRunningMean(String slot, Hyperparameter decay, Tensor value) {
    Tensor share = decay.complement().times(value);
    get(slot).ifPresent(mean -> decay.addInto(share, mean));
    return put(slot, share);
  }

  /** Values after this update by slot name. */
  Map<String, Tensor> after() {
    return Collections.unmodifiableMap(after);
  }
}
