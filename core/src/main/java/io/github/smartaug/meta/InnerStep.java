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
  private final WorkerAverage workers;

  /**
   * A step.
   *
   * @param optimizer update rule
   * @param clipping of the gradients, after all callbacks and before the update
   */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  public InnerStep(DifferentiableOptimizer optimizer, Optional<GradientClipping> clipping) {
    this(optimizer, clipping, List.of(), WorkerAverage.alone());
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private InnerStep(
      DifferentiableOptimizer optimizer,
      Optional<GradientClipping> clipping,
      List<GradientCallback> callbacks,
      WorkerAverage workers) {
    this.optimizer = optimizer;
    this.clipping = clipping;
    this.callbacks = callbacks;
    this.workers = workers;
  }

  /** The same with something more done to the gradients, after what was added before. */
  public InnerStep withCallback(GradientCallback callback) {
    List<GradientCallback> more = new ArrayList<>(callbacks);
    more.add(callback);
    return new InnerStep(optimizer, clipping, more, workers);
  }

  /**
   * The same step done by several workers together, each on its part of the batch: gradients, and
   * all derivatives of losses that an estimator takes, are averaged over them.
   */
  public InnerStep withWorkers(WorkerAverage average) {
    return new InnerStep(optimizer, clipping, callbacks, average);
  }

  /** The update rule. */
  DifferentiableOptimizer optimizer() {
    return optimizer;
  }

  /** The workers that do the step; alone unless told otherwise. */
  WorkerAverage workers() {
    return workers;
  }

  /**
   * A step of ordinary training, which cannot be differentiated.
   *
   * @param state before the step
   * @return the state after the step, without history, in the caller's scope
   */
  public Outcome plain(
      InnerState state,
      InnerObjective objective,
      NamedTensors metaParameters,
      Hyperparameters hyperparameters) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters = state.parameters().asLeaves();
      InnerObjective.Evaluation evaluation =
          objective.evaluate(parameters, state.buffers().detach(), metaParameters.detach());
      LossGradients gradients = LossGradients.of(evaluation, parameters).averaged(workers);
      InnerState constants =
          new InnerState(parameters.detach(), state.optimizer(), state.buffers());
      Outcome result = update(constants, gradients, hyperparameters);
      result.state().keptBy(scope);
      return result;
    }
  }

  /**
   * What follows the gradient: callbacks, clip and update. Differentiable with respect to all that
   * it is given.
   *
   * @param before state before the step
   * @param evaluated the loss of the step and its gradient, of all workers
   * @return the state after the step, in the caller's scope
   */
  Outcome update(InnerState before, LossGradients evaluated, Hyperparameters hyperparameters) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors used = before.parameters().withTensors(evaluated.gradients());
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
      InnerState after = new InnerState(update.parameters(), update.state(), evaluated.buffers());
      return new Outcome(after.keptBy(scope), Tensors.item(evaluated.loss()), Tensors.item(norm));
    }
  }

  /**
   * Outcome of a step.
   *
   * @param state after the step
   * @param loss of the step, before its update
   * @param gradientNorm global L2 norm of the gradients, before clipping
   */
  public record Outcome(InnerState state, double loss, double gradientNorm) {}
}
