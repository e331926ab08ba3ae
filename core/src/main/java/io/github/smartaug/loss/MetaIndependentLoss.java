package io.github.smartaug.loss;

import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** A loss that no meta parameter enters: the derivative of its gradient by them is zero. */
record MetaIndependentLoss(InnerObjective.Evaluation evaluation)
    implements InnerObjective.Linearized {
  @Override
  public Tensor along(NamedTensors direction) {
    return Tensors.scalar(0, direction.tensors().get(0));
  }

  @Override
  public void close() {
    // Owns nothing.
  }
}
