package io.github.smartaug.meta;

import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.GradientCallback;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * One step of the inner training, {@code (theta, s)_{t+1} = U(theta_t, s_t, g_t(theta_t, phi))}:
 * the gradient of the loss, clipped, and the optimizer's update.
 */
public final class InnerStep {
  private final DifferentiableOptimizer optimizer;
  private final Optional<GradientClipping> clipping;
  private final List<GradientCallback> callbacks;

  /**
   * A step.
   *
   * @param optimizer update rule
   * @param clipping of the gradients, after all callbacks and before the update
   */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  public InnerStep(DifferentiableOptimizer optimizer, Optional<GradientClipping> clipping) {
    this(optimizer, clipping, List.of());
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private InnerStep(
      DifferentiableOptimizer optimizer,
      Optional<GradientClipping> clipping,
      List<GradientCallback> callbacks) {
    this.optimizer = optimizer;
    this.clipping = clipping;
    this.callbacks = callbacks;
  }

  /** The same with something more done to the gradients, after what was added before. */
  public InnerStep withCallback(GradientCallback callback) {
    List<GradientCallback> more = new ArrayList<>(callbacks);
    more.add(callback);
    return new InnerStep(optimizer, clipping, more);
  }

  /**
   * A step of ordinary training, which cannot be differentiated.
   *
   * @param state before the step
   * @return the state after the step, without history, in the caller's scope
   */
  public Result plain(
      InnerState state,
      InnerObjective objective,
      NamedTensors metaParameters,
      Hyperparameters hyperparameters) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters = state.parameters().asLeaves();
      InnerObjective.Evaluation evaluation =
          objective.evaluate(parameters, state.buffers(), metaParameters.detach());
      NamedTensors gradients = Tensors.gradients(evaluation.loss(), parameters);
      return finish(
          scope,
          new InnerState(parameters.detach(), state.optimizer(), state.buffers()),
          evaluation,
          gradients,
          hyperparameters);
    }
  }

  /**
   * A step with its graph.
   *
   * @param leaves state before the step; its parameters and slots are leaves of the graph
   * @param metaParameters leaves of the graph
   * @return the state after the step, a function of all leaves, in the caller's scope
   */
  Result differentiable(
      InnerState leaves,
      InnerObjective objective,
      NamedTensors metaParameters,
      Hyperparameters hyperparameters) {
    try (TensorScope scope = TensorScope.open()) {
      InnerObjective.Evaluation evaluation =
          objective.evaluate(leaves.parameters(), leaves.buffers(), metaParameters);
      NamedTensors gradients =
          Tensors.differentiableGradients(evaluation.loss(), leaves.parameters());
      return finish(scope, leaves, evaluation, gradients, hyperparameters);
    }
  }

  /**
   * The update alone, for gradients that are leaves.
   *
   * @param leaves state before the step
   * @param gradients of the evaluation
   * @return the state after the step, a function of the gradients, in the caller's scope
   */
  Result update(
      InnerState leaves,
      InnerObjective.Evaluation evaluation,
      NamedTensors gradients,
      Hyperparameters hyperparameters) {
    try (TensorScope scope = TensorScope.open()) {
      return finish(scope, leaves, evaluation, gradients, hyperparameters);
    }
  }

  private Result finish(
      TensorScope scope,
      InnerState before,
      InnerObjective.Evaluation evaluation,
      NamedTensors gradients,
      Hyperparameters hyperparameters) {
    NamedTensors used = gradients;
    for (GradientCallback callback : callbacks) {
      used = callback.apply(used);
    }
    Tensor norm;
    if (clipping.isPresent()) {
      GradientClipping.Clipped clipped = clipping.get().clip(used);
      used = clipped.gradients();
      norm = clipped.norm();
    } else {
      norm = GradientClipping.globalNorm(used.detach());
    }
    DifferentiableOptimizer.Update update =
        optimizer.update(before.parameters(), used, before.optimizer(), hyperparameters);
    InnerState after = new InnerState(update.parameters(), update.state(), evaluation.buffers());
    return new Result(after.keptBy(scope), Tensors.item(evaluation.loss()), Tensors.item(norm));
  }

  /**
   * Result of a step.
   *
   * @param state after the step
   * @param loss of the step, before its update
   * @param gradientNorm global L2 norm of the gradients, before clipping
   */
  public record Result(InnerState state, double loss, double gradientNorm) {}
}
