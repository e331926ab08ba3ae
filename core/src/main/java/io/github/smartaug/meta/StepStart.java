package io.github.smartaug.meta;

import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;

/**
 * All that a step to be recorded begins with.
 *
 * @param step the inner step
 * @param state leaves
 * @param metaLeaves meta parameters as leaves
 * @param hyperparameters functions of the meta parameters, perhaps
 */
record StepStart(
    InnerStep step, InnerState state, NamedTensors metaLeaves, Hyperparameters hyperparameters) {
  /** Does the step with its whole graph; the result is in the caller's scope. */
  Recording record(InnerObjective objective, GraphStep.Target target) {
    InnerStep.Result result = step.differentiable(state, objective, metaLeaves, hyperparameters);
    return new Recording(new GraphStep(state, result.state(), target), result);
  }

  /** Does the update with its graph; the result is in the caller's scope. */
  Recording recordUpdate(
      InnerObjective.Evaluation evaluation, NamedTensors gradients, MixedDerivative derivative) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaves = gradients.asLeaves();
      InnerStep.Result result = step.update(state.detach(), evaluation, leaves, hyperparameters);
      RecordedStep recorded = new UpdateStep(derivative, state, leaves, result.state());
      return new Recording(recorded, result).keptBy(scope);
    }
  }
}
