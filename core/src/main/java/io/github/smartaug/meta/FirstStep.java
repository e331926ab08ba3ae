package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Optional;

/**
 * How the first differentiated step of a trajectory is recorded. Nobody asks for the adjoint of its
 * start, so the product of one mixed second derivative with one direction is enough.
 */
enum FirstStep {
  /** By the objective's own directional derivative if it has one, else by autograd's graph. */
  EXACT {
    @Override
    Recording record(StepStart start, InnerObjective objective) {
      InnerState state = start.state();
      try (TensorScope scope = TensorScope.open()) {
        Optional<InnerObjective.Linearized> linearized =
            objective.linearize(state.parameters(), state.buffers(), start.metaLeaves());
        if (linearized.isEmpty()) {
          return start.record(objective, GraphStep.Target.META_ONLY).keptBy(scope);
        }
        InnerObjective.Evaluation evaluation = linearized.get().evaluation();
        NamedTensors gradients =
            Tensors.gradientsKeepingGraph(evaluation.loss(), state.parameters());
        MixedDerivative derivative = new LinearizedDerivative(linearized.get());
        return start.recordUpdate(evaluation, gradients, derivative).keptBy(scope);
      }
    }
  },

  /** By dual numbers. */
  DUAL_NUMBERS {
    @Override
    Recording record(StepStart start, InnerObjective objective) {
      return recordGradient(start, objective, new DualDerivative(objective, start.state()));
    }
  },

  /** By a central difference. */
  FINITE_DIFFERENCE {
    @Override
    Recording record(StepStart start, InnerObjective objective) {
      return recordGradient(start, objective, new DifferenceQuotient(objective, start.state()));
    }
  };

  /** Does the step; the result is in the caller's scope. */
  abstract Recording record(StepStart start, InnerObjective objective);

  private static Recording recordGradient(
      StepStart start, InnerObjective objective, MixedDerivative derivative) {
    InnerState state = start.state();
    try (TensorScope scope = TensorScope.open()) {
      InnerObjective.Evaluation evaluation =
          objective.evaluate(state.parameters(), state.buffers(), start.metaLeaves().detach());
      NamedTensors gradients = Tensors.gradients(evaluation.loss(), state.parameters());
      return start.recordUpdate(evaluation, gradients, derivative).keptBy(scope);
    }
  }
}
