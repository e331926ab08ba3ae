package io.github.smartaug.optim;

import io.github.smartaug.tensor.NamedTensors;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * What an optimizer carries over from one step to the next.
 *
 * @param steps number of updates so far
 * @param slots running values by slot name, each with one tensor per parameter; empty before the
 *     first step. The names are PyTorch's: {@code momentum_buffer}, {@code exp_avg}, ...
 */
public record OptimizerState(long steps, Map<String, NamedTensors> slots) {
  /** Copies the slots, keeping their order. */
  public OptimizerState {
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
  }

  /** The state before the first step. */
  public static OptimizerState initial() {
    return new OptimizerState(0, Map.of());
  }

  /** All tensors of all slots, as {@code slot/parameter}. */
  public NamedTensors tensors() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    slots.forEach(
        (slot, tensors) ->
            tensors.asMap().forEach((name, tensor) -> all.put(slot + "/" + name, tensor)));
    return NamedTensors.of(all);
  }

  /** The same state with a function applied to every slot. */
  public OptimizerState map(UnaryOperator<NamedTensors> function) {
    Map<String, NamedTensors> mapped = new LinkedHashMap<>();
    slots.forEach((slot, tensors) -> mapped.put(slot, function.apply(tensors)));
    return new OptimizerState(steps, mapped);
  }
}
