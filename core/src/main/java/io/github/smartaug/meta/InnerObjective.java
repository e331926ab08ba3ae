package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * The loss of one inner step. It must be a function of its arguments alone: every random draw is
 * made before, so that evaluating it again gives the same bits.
 */
@FunctionalInterface
public interface InnerObjective {
  /**
   * Evaluates the loss.
   *
   * @param parameters of the model
   * @param buffers of the model; those that require a gradient are to be differentiable functions
   *     after the evaluation
   * @param metaParameters of the outer problem
   * @return the loss, differentiable with respect to parameters and meta parameters
   */
  Evaluation evaluate(NamedTensors parameters, NamedTensors buffers, NamedTensors metaParameters);

  /** An objective of parameters alone: of a model without buffers. */
  static InnerObjective of(Loss loss) {
    return (parameters, buffers, metaParameters) -> {
      try (TensorScope scope = TensorScope.open()) {
        return new Evaluation(scope.keep(loss.evaluate(parameters, metaParameters)), buffers);
      }
    };
  }

  /**
   * Evaluates the loss so that afterwards the derivative of its gradient's product with any
   * direction is cheap. Optional: without it the same number comes from second derivatives by
   * autograd.
   *
   * @return empty if the objective cannot
   */
  default Optional<Linearized> linearize(
      NamedTensors parameters, NamedTensors buffers, NamedTensors metaParameters) {
    return Optional.empty();
  }

  /**
   * A loss that only serves to be differentiated with respect to the meta parameters: its gradient
   * with respect to the parameters has the same expectation as this loss's, with less noise in what
   * the meta parameters change.
   *
   * @return empty if this loss has to be differentiated itself
   */
  default Optional<InnerObjective> probe() {
    return Optional.empty();
  }

  /**
   * Alternatives to try in a share of the step's images; see {@link Trial}.
   *
   * @return empty if this loss has to be differentiated itself
   */
  default Optional<Trials> trials() {
    return Optional.empty();
  }

  /**
   * The same loss for parameters near given ones: whatever it takes as a constant where it is
   * differentiated, such as a target with a stopped gradient, stays as it is at these parameters.
   *
   * @return in the caller's scope; this, unless there is something of the kind
   */
  default InnerObjective withConstantsAt(NamedTensors parameters, NamedTensors buffers) {
    return this;
  }

  /** A loss and its directional derivative; holds native memory until it is closed. */
  interface Linearized extends AutoCloseable {
    /** The loss; it can be differentiated, its graph kept, before {@link #along}. */
    Evaluation evaluation();

    /**
     * Derivative of the loss along a direction in the space of parameters, {@code <direction,
     * gradient of the loss>}, plus {@code <ofBuffers, buffers after the evaluation>}, to be
     * differentiated with respect to the meta parameters, and to the buffers before it if these
     * require a gradient.
     *
     * @param direction one tensor per parameter, constant
     * @param ofBuffers for each buffer that has derivatives, its weight in the sum, constant; see
     *     {@link Evaluation#plusBuffers}
     * @return without dimensions
     */
    Tensor along(NamedTensors direction, NamedTensors ofBuffers);

    @Override
    void close();
  }

  /**
   * A loss and what computing it left behind.
   *
   * @param loss without dimensions
   * @param buffers the buffers after this evaluation. Where buffers before it require a gradient,
   *     these are functions of buffers, parameters and meta parameters; what has no history then is
   *     taken as constant, and hypergradients leave out what depends on it
   */
  record Evaluation(Tensor loss, NamedTensors buffers) {
    /**
     * Adds {@code <ofBuffers, buffers>} to a number, as far as the buffers are no constants.
     *
     * @return in the caller's scope
     */
    public Tensor plusBuffers(Tensor number, NamedTensors ofBuffers) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor sum = number;
        for (String name : ofBuffers.names()) {
          Tensor buffer = buffers.get(name);
          if (buffer.requires_grad()) {
            sum = sum.add(buffer.mul(ofBuffers.get(name)).sum());
          }
        }
        return scope.keep(sum);
      }
    }
  }
}
