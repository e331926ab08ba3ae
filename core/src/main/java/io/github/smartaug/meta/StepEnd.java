package io.github.smartaug.meta;

import io.github.smartaug.meta.RecordedStep.Adjoint;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The state at the end of a step, as a function of leaves. */
record StepEnd(InnerState state) {
  /** Vector-Jacobian product of the state, which frees its graph. */
  List<Tensor> pullBack(Adjoint adjoint, List<Tensor> leaves) {
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> cotangents = new ArrayList<>();
    List<Tensor> ends = state.differentiable();
    for (int i = 0; i < adjoint.tensors().size(); i++) {
      // An output that depends on nothing, such as an unused slot, has no adjoint to pass on.
      if (ends.get(i).requires_grad()) {
        outputs.add(ends.get(i));
        cotangents.add(adjoint.tensors().get(i));
      }
    }
    return Tensors.vectorJacobianProduct(outputs, leaves, cotangents);
  }
}
