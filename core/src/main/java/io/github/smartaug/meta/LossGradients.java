package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A loss and its gradient: the one place where gradients of losses are taken, and averaged over
 * workers.
 *
 * @param loss without dimensions
 * @param gradients one tensor per input
 * @param buffers of the model after the evaluation
 */
record LossGradients(Tensor loss, List<Tensor> gradients, NamedTensors buffers) {
  /** This worker's gradients; the graph of the loss is freed. */
  static LossGradients of(InnerObjective.Evaluation evaluation, NamedTensors inputs) {
    return with(evaluation, Tensors.gradients(evaluation.loss(), inputs));
  }

  /** This worker's gradients; the graph of the loss is kept for other derivatives. */
  static LossGradients keepingGraph(InnerObjective.Evaluation evaluation, NamedTensors inputs) {
    return with(evaluation, Tensors.gradientsKeepingGraph(evaluation.loss(), inputs));
  }

  /** This worker's gradients as functions of what the loss depends on. */
  static LossGradients differentiable(InnerObjective.Evaluation evaluation, NamedTensors inputs) {
    return with(evaluation, Tensors.differentiableGradients(evaluation.loss(), inputs));
  }

  private static LossGradients with(InnerObjective.Evaluation evaluation, NamedTensors gradients) {
    return new LossGradients(evaluation.loss(), gradients.tensors(), evaluation.buffers());
  }

  /** This worker's gradients of an outer loss; the graph is freed. */
  static LossGradients ofOuter(Tensor loss, List<Tensor> inputs) {
    return new LossGradients(loss, Tensors.gradients(loss, inputs), NamedTensors.empty());
  }

  /** Gradients of a number that may not depend on the inputs at all. */
  static NamedTensors ofScalar(Tensor scalar, NamedTensors inputs) {
    return inputs.withTensors(ofScalar(scalar, inputs.tensors()));
  }

  /** The same, one per input. */
  static List<Tensor> ofScalar(Tensor scalar, List<Tensor> inputs) {
    return scalar.defined() && scalar.requires_grad()
        ? Tensors.gradients(scalar, inputs)
        : inputs.stream().map(input -> torch.zeros_like(input.detach())).toList();
  }

  /** The gradient of what does not depend on the inputs. */
  static NamedTensors zeros(NamedTensors inputs) {
    return inputs.map(input -> torch.zeros_like(input.detach()));
  }

  /**
   * The loss, gradients and floating-point buffers of all workers, without history. A single
   * worker's stay as they are, with their history.
   */
  LossGradients averaged(WorkerAverage workers) {
    if (workers.workers() == 1) {
      return this;
    }
    List<Tensor> local = new ArrayList<>();
    local.add(loss.detach());
    gradients.forEach(gradient -> local.add(gradient.detach()));
    buffers.tensors().stream().filter(Tensor::is_floating_point).forEach(local::add);
    Iterator<Tensor> averages = workers.of(local).iterator();
    return new LossGradients(
        averages.next(),
        gradients.stream().map(gradient -> averages.next()).toList(),
        buffers.map((Tensor buffer) -> buffer.is_floating_point() ? averages.next() : buffer));
  }

  /** The same gradients as leaves of a new graph; loss and buffers without history. */
  LossGradients asLeaves() {
    List<Tensor> leaves =
        gradients.stream().map(gradient -> gradient.detach().requires_grad_(true)).toList();
    return new LossGradients(loss.detach(), leaves, buffers.detach());
  }
}
