package io.github.smartaug.tensor;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;

/**
 * A linear function from tensors to tensors of the same shape whose gradient is computed by its
 * adjoint, and not by going back through its operations: worth it where those go back slower than
 * they came, as sums of overlapping parts do. With y = A x the gradient with respect to x is {@code
 * A^T} times the one with respect to y.
 *
 * <p>The gradient can be differentiated as often as the adjoint's operations can. Where {@linkplain
 * DualNumbers dual numbers} are computed with, the function's own operations are differentiated.
 * Instances are to be constants: they live as long as the process, because nobody knows when the
 * last graph that refers to one is gone.
 */
public final class LinearFunction {
  private final UnaryOperator<Tensor> function;
  private final TensorTensorHook adjoint;

  /**
   * A function.
   *
   * @param function A, of operations that have gradients; its result is a tensor of its own
   * @param adjoint A^T, likewise; called on the thread that computes gradients
   */
  public LinearFunction(UnaryOperator<Tensor> function, UnaryOperator<Tensor> adjoint) {
    this.function = function;
    this.adjoint = new Adjoint(adjoint);
    // Graphs call it by its native address: no scope and no garbage collector may free it.
    this.adjoint.retainReference();
  }

  /** A x, in a tensor of its own. */
  public Tensor apply(Tensor x) {
    try (TensorScope scope = TensorScope.open()) {
      if (DualNumbers.isActive()) {
        return scope.keep(function.apply(x));
      }
      Tensor values = function.apply(x.detach());
      if (!x.requires_grad() || !GradMode.is_enabled()) {
        return scope.keep(values);
      }
      // A copy has the gradient of the identity; it gets other values, and the adjoint before it.
      Tensor result = x.clone();
      result.set_data(values);
      result.register_hook(adjoint);
      return scope.keep(result);
    }
  }

  private static final class Adjoint extends TensorTensorHook {
    /**
     * The result is read after the call, and on threads of libtorch there is no scope to free it:
     * it is held until the next one.
     */
    private final ThreadLocal<Arena> results = ThreadLocal.withInitial(Arena::new);

    private final UnaryOperator<Tensor> adjoint;

    Adjoint(UnaryOperator<Tensor> adjoint) {
      this.adjoint = adjoint;
    }

    @Override
    public TensorBase call(TensorBase gradient) {
      try (gradient;
          TensorScope scope = TensorScope.open()) {
        Tensor result = adjoint.apply(new Tensor(gradient));
        results.get().close();
        return results.get().hold(result);
      }
    }
  }
}
