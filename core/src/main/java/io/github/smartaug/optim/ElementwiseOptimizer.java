package io.github.smartaug.optim;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** An optimizer that updates each parameter independently of the others, all by the same rule. */
public interface ElementwiseOptimizer extends DifferentiableOptimizer {
  /**
   * One step of one parameter.
   *
   * @param parameter to be updated
   * @param gradient of its shape
   * @param slots state of the parameter, to read and to set
   * @param hyperparameters values for all names in {@link #defaults()}
   * @return the parameter after the step, a new tensor
   */
  Tensor update(Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters);

  /**
   * The same step to the same bits, of which no derivative is asked for. All tensors that it is
   * given may be overwritten.
   *
   * @return the parameter after the step, perhaps in its old place
   */
  default Tensor overwrite(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    return update(parameter, gradient, slots, hyperparameters);
  }

  @Override
  default Update update(
      NamedTensors parameters,
      NamedTensors gradients,
      OptimizerState state,
      Hyperparameters hyperparameters) {
    return eachByItself(
        parameters,
        state,
        (name, slots) -> update(parameters.get(name), gradients.get(name), slots, hyperparameters));
  }

  @Override
  default Update overwrite(
      NamedTensors parameters,
      NamedTensors gradients,
      UnaryOperator<Tensor> scaled,
      OptimizerState state,
      Hyperparameters hyperparameters) {
    return eachByItself(
        parameters,
        state,
        (name, slots) -> {
          Tensor gradient = scaled.apply(gradients.get(name));
          return overwrite(parameters.get(name), gradient, slots, hyperparameters);
        });
  }

  private static Update eachByItself(
      NamedTensors parameters, OptimizerState state, BiFunction<String, Slots, Tensor> rule) {
    Map<String, Tensor> updated = new LinkedHashMap<>();
    Map<String, Map<String, Tensor>> after = new LinkedHashMap<>();
    for (String name : parameters.names()) {
      try (TensorScope scope = TensorScope.open()) {
        Slots slots = new Slots(state, name);
        updated.put(name, scope.keep(rule.apply(name, slots)));
        slots
            .after()
            .forEach(
                (slot, value) ->
                    after
                        .computeIfAbsent(slot, first -> new LinkedHashMap<>())
                        .put(name, scope.keep(value)));
      }
    }
    Map<String, NamedTensors> slots = new LinkedHashMap<>();
    after.forEach((slot, tensors) -> slots.put(slot, NamedTensors.of(tensors)));
    return new Update(NamedTensors.of(updated), new OptimizerState(state.steps() + 1, slots));
  }
}
