package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The directional derivative of one of several objectives: its own where it has one, autograd's
 * elsewhere.
 *
 * @param evaluation with its graph
 * @param parameters leaves of the graph
 * @param linearized the objective's own way
 */
record PartDerivative(
    InnerObjective.Evaluation evaluation,
    NamedTensors parameters,
    Optional<InnerObjective.Linearized> linearized)
    implements AutoCloseable {
  static PartDerivative of(
      InnerObjective part,
      NamedTensors parameters,
      NamedTensors buffers,
      NamedTensors metaParameters) {
    Optional<InnerObjective.Linearized> linearized =
        part.linearize(parameters, buffers, metaParameters);
    InnerObjective.Evaluation evaluation =
        linearized.isPresent()
            ? linearized.get().evaluation()
            : part.evaluate(parameters, buffers, metaParameters);
    return new PartDerivative(evaluation, parameters, linearized);
  }

  /** {@code <direction, gradient of the loss>}, in the caller's scope. */
  Tensor along(NamedTensors direction) {
    if (linearized.isPresent()) {
      return linearized.get().along(direction);
    }
    NamedTensors gradients = Tensors.differentiableGradients(evaluation.loss(), parameters);
    return parameters.names().stream()
        .map(name -> gradients.get(name).mul(direction.get(name)).sum())
        .reduce(Tensor::add)
        .orElseThrow();
  }

  /** Gradients of a number that may not depend on the inputs at all. */
  static NamedTensors gradients(Tensor scalar, NamedTensors inputs) {
    return scalar.requires_grad()
        ? Tensors.gradients(scalar, inputs)
        : inputs.map(input -> torch.zeros_like(input.detach()));
  }

  @Override
  public void close() {
    linearized.ifPresent(InnerObjective.Linearized::close);
  }
}
