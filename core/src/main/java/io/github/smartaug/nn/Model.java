package io.github.smartaug.nn;

import io.github.smartaug.tensor.ImageShape;
import io.github.smartaug.tensor.NamedTensors;
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

  /** Fresh parameters (float32, CPU), drawn as PyTorch's layers draw theirs. */
  NamedTensors initialParameters(RandomGenerator random);

  /** Buffers before the first training step (float32, CPU); empty if the model has none. */
  NamedTensors initialBuffers();

  /**
   * The same function to rounding, arranged inside for the speed of being differentiated that
   * often. A model is made for {@link Differentiation#ONCE}.
   */
  default Model arrangedFor(Differentiation order) {
    return this;
  }

  /** The shape of images that the model takes. */
  ImageShape input();

  /** Number of classes. */
  int classes();

  /**
   * What a forward pass returns.
   *
   * @param logits class scores [B,classes]
   * @param buffers the buffers after the pass: the ones given, unless in training mode
   */
  record Output(Tensor logits, NamedTensors buffers) {}
}
