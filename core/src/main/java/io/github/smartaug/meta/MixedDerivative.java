package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The mixed second derivative of an inner loss, as a product with directions. */
interface MixedDerivative extends AutoCloseable {
  /**
   * {@code d/dphi <direction, grad_theta L(theta, phi)>}, once.
   *
   * @param direction one tensor per parameter, constant
   * @return one tensor per meta parameter, in the caller's scope
   */
  NamedTensors along(NamedTensors direction, NamedTensors metaLeaves);

  @Override
  default void close() {}

  /** Gradients of a scalar that may not depend on the meta parameters at all. */
  static NamedTensors gradients(Tensor scalar, NamedTensors metaLeaves) {
    return scalar.defined() && scalar.requires_grad()
        ? Tensors.gradients(scalar, metaLeaves)
        : zeros(metaLeaves);
  }

  /** What a loss gives that does not depend on the meta parameters. */
  static NamedTensors zeros(NamedTensors metaLeaves) {
    return metaLeaves.map(leaf -> torch.zeros_like(leaf.detach()));
  }
}
