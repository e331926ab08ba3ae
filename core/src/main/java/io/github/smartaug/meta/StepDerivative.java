package io.github.smartaug.meta;

import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.Handover;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * What a recorded step is differentiated with respect to, and by which method.
 *
 * <p>A step with earlier steps before it needs the adjoint of its start. For the first
 * differentiated step of a trajectory nobody asks for that, and the product of one mixed second
 * derivative with one direction is enough, which is much less work.
 */
public abstract class StepDerivative {
  /** With respect to the start of the step and the meta parameters, by autograd's graph. */
  public static final StepDerivative START_AND_META =
      new StepDerivative() {
        @Override
        RecordedStep record(Start start, InnerObjective objective) {
          return byAutograd(start, objective, Asked.START_AND_META);
        }
      };

  /**
   * With respect to the meta parameters alone: by the objective's own directional derivative if it
   * has one, else by autograd's graph.
   */
  public static final StepDerivative META =
      new StepDerivative() {
        @Override
        RecordedStep record(Start start, InnerObjective objective) {
          InnerState state = start.state();
          try (TensorScope scope = TensorScope.open()) {
            Optional<InnerObjective.Linearized> linearized =
                objective.linearize(state.parameters(), state.buffers(), start.metaLeaves());
            if (linearized.isEmpty()) {
              return byAutograd(start, objective, Asked.META);
            }
            return inTwoParts(
                start,
                () -> LossGradients.keepingGraph(linearized.get().evaluation(), state.parameters()),
                new GradientPullback.Linearized(linearized.get()),
                Asked.META);
          }
        }
      };

  /** With respect to the meta parameters alone, by dual numbers. */
  public static final StepDerivative META_BY_DUAL_NUMBERS =
      new StepDerivative() {
        @Override
        RecordedStep record(Start start, InnerObjective objective) {
          return byEvaluatingAgain(
              start, objective, new GradientPullback.ByDualNumbers(objective, start.state()));
        }
      };

  /**
   * With respect to the meta parameters alone, of the objective's probe in place of the objective,
   * if it has one.
   */
  public static final StepDerivative META_BY_PROBE =
      new StepDerivative() {
        @Override
        RecordedStep record(Start start, InnerObjective objective) {
          return objective
              .probe()
              .map(
                  probe ->
                      byEvaluatingAgain(
                          start, objective, new GradientPullback.ByProbe(probe, start.state())))
              .orElseGet(() -> META.record(start, objective));
        }
      };

  /** With respect to the meta parameters alone, by a central difference. */
  public static final StepDerivative META_BY_FINITE_DIFFERENCE =
      new StepDerivative() {
        @Override
        RecordedStep record(Start start, InnerObjective objective) {
          return byEvaluatingAgain(
              start, objective, new GradientPullback.ByDifference(objective, start.state()));
        }
      };

  private StepDerivative() {}

  /**
   * With respect to the meta parameters alone, by the objective's trials in place of its gradient,
   * if it has any.
   *
   * @param share of the step that each alternative is given, above 0, at most 1
   */
  public static StepDerivative metaByTrial(double share) {
    return new StepDerivative() {
      @Override
      RecordedStep record(Start start, InnerObjective objective) {
        return objective
            .trials()
            .map(
                trials ->
                    byEvaluatingAgain(
                        start,
                        objective,
                        new GradientPullback.ByTrial(trials, share, start.state())))
            .orElseGet(() -> META.record(start, objective));
      }
    };
  }

  /** Does the step. The result is held by the recorded step. */
  abstract RecordedStep record(Start start, InnerObjective objective);

  /**
   * All that a step to be recorded begins with.
   *
   * @param step the inner step
   * @param state leaves
   * @param metaLeaves meta parameters as leaves, which live as long as the trajectory
   * @param hyperparameters functions of the meta parameters, perhaps
   */
  record Start(
      InnerStep step, InnerState state, NamedTensors metaLeaves, Hyperparameters hyperparameters) {}

  private enum Asked {
    START_AND_META,
    META
  }

  private static RecordedStep byAutograd(Start start, InnerObjective objective, Asked asked) {
    InnerState state = start.state();
    try (TensorScope scope = TensorScope.open()) {
      InnerObjective.Evaluation evaluation =
          objective.evaluate(state.parameters(), state.buffers(), start.metaLeaves());
      LossGradients local = LossGradients.differentiable(evaluation, state.parameters());
      if (start.step().workers().workers() > 1) {
        return inTwoParts(
            start,
            () -> local,
            new GradientPullback.ByAutograd(local, evaluated(start, asked)),
            asked);
      }
      // With nothing to average, one graph goes through gradient and update. Two parts give the
      // same derivatives, but add up in another order: the last bits would differ.
      InnerStep.Outcome result = start.step().update(state, local, start.hyperparameters());
      return RecordedStep.inOneGraph(start, starts(start, asked), result);
    }
  }

  private static RecordedStep byEvaluatingAgain(
      Start start, InnerObjective objective, GradientPullback gradientPart) {
    InnerState state = start.state();
    try (TensorScope scope = TensorScope.open()) {
      InnerObjective.Evaluation evaluation =
          objective.evaluate(
              state.parameters(), state.buffers().detach(), start.metaLeaves().detach());
      LossGradients local = LossGradients.of(evaluation, state.parameters());
      return inTwoParts(start, () -> local, gradientPart, Asked.META);
    }
  }

  /**
   * Does the update from the gradient of all workers, which is a leaf of the update's graph.
   *
   * @param local this worker's gradient
   * @param gradientPart closed by the recorded step, or here if there will be none
   */
  private static RecordedStep inTwoParts(
      Start start, Supplier<LossGradients> local, GradientPullback gradientPart, Asked asked) {
    return Handover.orClosed(
        gradientPart::close,
        () -> {
          try (TensorScope scope = TensorScope.open()) {
            LossGradients leaves = local.get().averaged(start.step().workers()).asLeaves();
            // A start that nobody asks for is a constant of the update: its graph is smaller.
            InnerState before = asked == Asked.META ? start.state().detach() : start.state();
            InnerStep.Outcome result = start.step().update(before, leaves, start.hyperparameters());
            return RecordedStep.inTwoParts(
                start, starts(start, asked), result, leaves.gradients(), gradientPart);
          }
        });
  }

  /** What the loss is evaluated at, as far as its adjoint is asked for. */
  private static List<Tensor> evaluated(Start start, Asked asked) {
    if (asked == Asked.META) {
      return List.of();
    }
    List<Tensor> leaves = new ArrayList<>(start.state().parameters().tensors());
    leaves.addAll(start.state().statistics().tensors());
    return leaves;
  }

  private static List<Tensor> starts(Start start, Asked asked) {
    return asked == Asked.META ? List.of() : start.state().differentiable();
  }
}
