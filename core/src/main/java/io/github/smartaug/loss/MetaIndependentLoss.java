package io.github.smartaug.loss;

import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * A loss that no meta parameter enters: the derivatives of its gradient, and of the buffers after
 * it, by them are zero.
 */
record MetaIndependentLoss(InnerObjective.Evaluation evaluation)
    implements InnerObjective.Linearized {
  @Override
  public Tensor along(NamedTensors direction, NamedTensors ofBuffers) {
    return Tensors.scalar(0, direction.tensors().get(0));
  }

  @Override
  public void close() {
    // Owns nothing.
  }
}
