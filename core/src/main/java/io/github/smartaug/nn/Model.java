package io.github.smartaug.nn;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * An image classifier as a function of its images <em>and</em> its parameters.
 *
 * <p>A model holds no tensors. Parameters (learned) and buffers (running statistics) come in as
 * arguments and changed buffers go out as a result, so the same model serves plain training, a
 * trajectory of differentiable steps, and evaluation of any of its states.
 */
public interface Model {
  /**
   * Computes class scores.
   *
   * @param images float [B,C,H,W], normalised
   * @param parameters all of {@link #initialParameters}, in any state
   * @param buffers all of {@link #initialBuffers}, in any state
   * @return logits [B,classes] and the buffers after this pass
   * @throws IllegalArgumentException if the images are of another shape than {@link #input()}
   */
  Output forward(Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode);

  /**
   * A forward pass that can afterwards give the derivative of its logits along any direction in the
   * space of parameters, at two thirds of the cost of a second derivative by autograd.
   *
   * @return empty if the model cannot
   */
  default Optional<Linearized> linearize(
      Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
    return Optional.empty();
  }

  /**
   * Parameters before the first training step (float32, CPU): drawn as PyTorch's layers draw
   * theirs, or those that a model came with.
   */
  NamedTensors initialParameters(RandomGenerator random);

  /** Buffers before the first training step (float32, CPU); empty if the model has none. */
  NamedTensors initialBuffers();

  /**
   * The order of images' values inside the model.
   *
   * @return empty if the model does not let others choose it
   */
  default Optional<MemoryFormat> ownFormat() {
    return Optional.empty();
  }

  /** The same function to rounding in another order; of a model that has no choice, itself. */
  default Model in(MemoryFormat format) {
    return this;
  }

  /**
   * The same function, to the last bit, and its gradient. Graphs keep fewer values of it: the
   * others are computed again when gradients are computed. Less memory, more time.
   *
   * @throws IllegalArgumentException if the model cannot
   */
  default Model recomputed() {
    throw new IllegalArgumentException(
        "values inside this model cannot be computed again, allowed: a model of layers");
  }

  /**
   * Holds native values that a model of this kind has of its own, beyond the scope that it was made
   * in.
   *
   * @return this
   */
  default Model heldBy(Arena arena) {
    return this;
  }

  /**
   * How large the model is, without drawing its parameters.
   *
   * @return empty if the model does not know
   */
  default Optional<ModelSize> size() {
    return Optional.empty();
  }

  /** The shape of images that the model takes. */
  ImageShape input();

  /** Number of classes. */
  int classes();

  /** A forward pass and its derivative; holds the pass's values until it is closed. */
  interface Linearized extends AutoCloseable {
    /** What the pass returned. */
    Output output();

    /**
     * Derivative of the logits along a direction, [B,classes], differentiable once with respect to
     * what the pass depended on.
     *
     * @param direction one tensor per parameter
     */
    Tensor tangent(NamedTensors direction);

    @Override
    void close();
  }

  /**
   * What a forward pass returns.
   *
   * @param logits class scores [B,classes]
   * @param buffers the buffers after the pass: the ones given, unless the mode {@link
   *     Mode#movesBuffers moves them}. If those that were given require a gradient, they are
   *     functions of all that the pass depended on, of the same bits; or constants, if the model
   *     knows no derivative of them
   */
  record Output(Tensor logits, NamedTensors buffers) {}
}
