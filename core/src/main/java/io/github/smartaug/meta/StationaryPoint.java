package io.github.smartaug.meta;

import io.github.smartaug.optim.Hyperparameter;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The gradient of an inner loss, weight decay included, with its graph.
 *
 * @param parameters leaves
 * @param metaLeaves leaves
 * @param gradients functions of both
 * @param learningRate of the last step, constant
 * @param workers whose products with second derivatives are averaged
 */
record StationaryPoint(
    NamedTensors parameters,
    NamedTensors metaLeaves,
    NamedTensors gradients,
    Hyperparameter learningRate,
    WorkerAverage workers) {
  /** Evaluates a loss where steps of that kind have led to; tensors are in the caller's scope. */
  static StationaryPoint of(
      InnerState state,
      InnerObjective objective,
      NamedTensors metaLeaves,
      Hyperparameters hyperparameters,
      InnerStep step) {
    NamedTensors parameters = state.parameters();
    LossGradients local =
        LossGradients.differentiable(
            objective.evaluate(parameters, state.buffers().detach(), metaLeaves), parameters);
    NamedTensors gradients = parameters.withTensors(local.gradients());
    return new StationaryPoint(
        parameters,
        metaLeaves,
        step.optimizer().gradientAtRest(parameters, gradients, state.optimizer(), hyperparameters),
        hyperparameters.get(Hyperparameters.LEARNING_RATE),
        step.workers());
  }

  /** {@code H vector}, without history, in the caller's scope. */
  NamedTensors hessianProduct(NamedTensors vector) {
    return parameters.withTensors(product(vector, parameters.tensors()));
  }

  /** {@code d/dphi <vector, gradient>}, in the caller's scope. */
  NamedTensors mixedProduct(NamedTensors vector) {
    return metaLeaves.withTensors(product(vector, metaLeaves.tensors()));
  }

  private List<Tensor> product(NamedTensors vector, List<Tensor> inputs) {
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> cotangents = new ArrayList<>();
    for (String name : gradients.names()) {
      // A gradient that is constant, as that of a linear loss, contributes nothing.
      if (gradients.get(name).requires_grad()) {
        outputs.add(gradients.get(name));
        cotangents.add(vector.get(name));
      }
    }
    return workers.of(Tensors.vectorJacobianProductKeepingGraph(outputs, inputs, cotangents));
  }
}
