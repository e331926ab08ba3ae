package io.github.smartaug.meta;

import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.GradientCallback;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.Layout;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
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

  /** The same step, whose derivatives take what gradients are clipped by as a constant. */
  InnerStep withConstantClip() {
    return new InnerStep(
        optimizer, clipping.map(GradientClipping::withConstantCoefficient), callbacks, workers);
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
      LossGradients gradients = gradients(state, objective, metaParameters);
      Outcome result = update(state.detach(), gradients, hyperparameters);
      result.state().keptBy(scope);
      return result;
    }
  }

  /**
   * The same from a state that nobody needs any more: to the same bits, but the result may be where
   * the parameters and the optimizer's tensors were, which are used up. The state stays as it was
   * where the loss or the norm of the gradient is not finite.
   *
   * @param state before the step
   * @return the state after the step, without history, in the caller's scope
   */
  public Outcome overwriting(
      InnerState state,
      InnerObjective objective,
      NamedTensors metaParameters,
      Hyperparameters hyperparameters) {
    try (TensorScope scope = TensorScope.open()) {
      LossGradients gradients = gradients(state, objective, metaParameters);
      NamedTensors used = calledBack(state, gradients).detach();
      Optional<GradientClipping.Factor> clip = clipping.map(each -> each.factor(used));
      double loss = Tensors.item(gradients.loss());
      double norm =
          Tensors.item(
              clip.map(GradientClipping.Factor::norm)
                  .orElseGet(() -> GradientClipping.globalNorm(used)));
      InnerState before = Double.isFinite(loss + norm) ? state.detach() : state.copy();
      DifferentiableOptimizer.Update update =
          optimizer.overwrite(
              before.parameters(),
              used,
              scaling(clip, callbacks.isEmpty() && Layout.areSeparate(used.tensors())),
              before.optimizer(),
              hyperparameters);
      InnerState after = new InnerState(update.parameters(), update.state(), gradients.buffers());
      return new Outcome(after.keptBy(scope), loss, norm);
    }
  }

  /**
   * How gradients are clipped, if at all.
   *
   * @param inPlace whether nobody else needs them as they are
   */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private static UnaryOperator<Tensor> scaling(
      Optional<GradientClipping.Factor> clip, boolean inPlace) {
    if (!inPlace) {
      return gradient -> clip.map(factor -> factor.times(gradient)).orElseGet(gradient::clone);
    }
    // Of most steps of a training that goes well the factor is 1.
    boolean changes = clip.isPresent() && Tensors.item(clip.get().value()) != 1;
    return changes
        ? gradient -> new Tensor(gradient.mul_(clip.get().value()))
        : gradient -> new Tensor(gradient);
  }

  /** The loss and its gradient, of all workers, without history. */
  private LossGradients gradients(
      InnerState state, InnerObjective objective, NamedTensors metaParameters) {
    NamedTensors parameters = state.parameters().asLeaves();
    InnerObjective.Evaluation evaluation =
        objective.evaluate(parameters, state.buffers().detach(), metaParameters.detach());
    return LossGradients.of(evaluation, parameters).averaged(workers);
  }

  private NamedTensors calledBack(InnerState before, LossGradients evaluated) {
    NamedTensors used = before.parameters().withTensors(evaluated.gradients());
    for (GradientCallback callback : callbacks) {
      used = callback.apply(used);
    }
    return used;
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
      NamedTensors used = calledBack(before, evaluated);
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
