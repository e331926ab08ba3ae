package io.github.smartaug.optim;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * An optimizer as a pure function. It changes nothing in place, and its result can be
 * differentiated with respect to every argument, including the hyperparameters.
 *
 * <p>Update rules, the order of their operations and the names in their state are PyTorch's.
 */
public interface DifferentiableOptimizer {
  /** The names and default values of the hyperparameters that {@link #update} reads. */
  Hyperparameters defaults();

  /** How the update depends on the gradient, and so how useful its derivative is. */
  default Smoothness smoothness() {
    return Smoothness.SMOOTH;
  }

  /**
   * One step.
   *
   * @param parameters to be updated
   * @param gradients one per parameter, same names and shapes
   * @param state {@link OptimizerState#initial()}, or what the last update returned
   * @param hyperparameters values for all names in {@link #defaults()}
   * @return new tensors, in the caller's scope
   */
  Update update(
      NamedTensors parameters,
      NamedTensors gradients,
      OptimizerState state,
      Hyperparameters hyperparameters);

  /**
   * One step of which no derivative is asked for, from a state that nobody needs any more: the same
   * bits as {@link #update} gives on scaled gradients, perhaps sooner, because results may be
   * written where the arguments were.
   *
   * @param parameters to be updated; used up, and like all else without history
   * @param gradients one per parameter, same names and shapes; not changed but by {@code scaled}
   * @param scaled a gradient as it enters the update, which may overwrite it; asked once for each
   * @param state {@link OptimizerState#initial()}, or what the last update returned; used up
   * @param hyperparameters values for all names in {@link #defaults()}
   * @return in the caller's scope
   */
  default Update overwrite(
      NamedTensors parameters,
      NamedTensors gradients,
      UnaryOperator<Tensor> scaled,
      OptimizerState state,
      Hyperparameters hyperparameters) {
    try (TensorScope scope = TensorScope.open()) {
      Update update = update(parameters, gradients.map(scaled), state, hyperparameters);
      scope.keep(update.parameters());
      update.state().map(scope::keep);
      return update;
    }
  }

  /**
   * What is zero where steps on that gradient no longer move the parameters: the gradient and, in
   * its unit, the weight decay. Implicit differentiation starts from it.
   *
   * @param parameters at rest, all or some of those that the gradients are of
   * @param gradients of the loss
   * @param state as the last update returned it, constant
   * @param hyperparameters values for all names in {@link #defaults()}
   * @return one tensor per parameter, differentiable in all but the state, in the caller's scope
   */
  default NamedTensors gradientAtRest(
      NamedTensors parameters,
      NamedTensors gradients,
      OptimizerState state,
      Hyperparameters hyperparameters) {
    boolean decays =
        hyperparameters.contains(Hyperparameters.WEIGHT_DECAY)
            && !hyperparameters.get(Hyperparameters.WEIGHT_DECAY).isZero();
    return parameters.map(
        (name, parameter) ->
            decays
                ? hyperparameters
                    .get(Hyperparameters.WEIGHT_DECAY)
                    .addTo(gradients.get(name), parameter)
                : gradients.get(name));
  }

  /**
   * Result of a step.
   *
   * @param parameters after the step
   * @param state after the step
   */
  record Update(NamedTensors parameters, OptimizerState state) {
    /**
     * One step whose parameters were updated in parts.
     *
     * @param before parameters before it, in their order
     * @param state before it
     * @param parts updates of some of the parameters each, from the same state
     */
    public static Update ofParts(
        NamedTensors before, OptimizerState state, Iterable<Update> parts) {
      NamedTensors updated = before;
      Map<String, NamedTensors> slots = new LinkedHashMap<>();
      for (Update part : parts) {
        updated = updated.with(part.parameters());
        part.state()
            .slots()
            .forEach((slot, values) -> slots.merge(slot, values, NamedTensors::with));
      }
      return new Update(updated, new OptimizerState(state.steps() + 1, slots));
    }
  }
}
