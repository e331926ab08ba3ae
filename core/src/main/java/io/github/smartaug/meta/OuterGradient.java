package io.github.smartaug.meta;

import io.github.smartaug.meta.RecordedStep.Adjoint;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The outer loss and its gradient at the end of a trajectory.
 *
 * @param loss value
 * @param adjoint gradient with respect to the model's parameters
 * @param direct gradient with respect to the meta parameters, where the loss depends on them itself
 */
record OuterGradient(double loss, Adjoint adjoint, NamedTensors direct) {
  /** Differentiates the loss; tensors are in the caller's scope. */
  static OuterGradient of(OuterObjective objective, InnerState end, NamedTensors metaLeaves) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor loss = objective.evaluate(end.parameters(), end.buffers(), metaLeaves);
      List<Tensor> inputs = new ArrayList<>(end.parameters().tensors());
      inputs.addAll(metaLeaves.tensors());
      List<Tensor> gradients = scope.keep(Tensors.gradients(loss, inputs));
      int parameters = end.parameters().size();
      return new OuterGradient(
          Tensors.item(loss),
          new Adjoint(gradients.subList(0, parameters)),
          metaLeaves.withTensors(gradients.subList(parameters, gradients.size())));
    }
  }
}
