package io.github.smartaug.tensor;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;

/**
 * A linear function from tensors to tensors of the same shape that brings its own gradient. With y
 * = A x, the gradient with respect to x is {@code A^T}, the adjoint, times the gradient with
 * respect to y. This pays when the adjoint is faster than autograd's backward pass, as for sums of
 * overlapping parts.
 *
 * <p>The gradient can be differentiated as often as the operations of the adjoint can. While
 * {@linkplain DualNumbers dual numbers} are active, autograd differentiates the function itself.
 *
 * <p>Keep instances in constants. They are never freed, because a graph may refer to one at any
 * time.
 */
public final class LinearFunction {
  private final UnaryOperator<Tensor> function;
  private final TensorTensorHook adjoint;

  /**
   * A function from its two directions.
   *
   * @param function computes A x with differentiable operations; returns a new tensor
   * @param adjoint computes A^T y, likewise; libtorch calls it on the thread that computes
   *     gradients
   */
  public LinearFunction(UnaryOperator<Tensor> function, UnaryOperator<Tensor> adjoint) {
    this.function = function;
    this.adjoint = new Adjoint(adjoint);
    // Graphs call it by its native address: no scope and no garbage collector may free it.
    this.adjoint.retainReference();
  }

  /** A x, a new tensor. */
  public Tensor apply(Tensor x) {
    try (TensorScope scope = TensorScope.open()) {
      if (DualNumbers.isActive()) {
        return scope.keep(function.apply(x));
      }
      Tensor values = function.apply(x.detach());
      if (!x.requires_grad() || !GradMode.is_enabled()) {
        return scope.keep(values);
      }
      // A clone's gradient is the identity. Give it the values of A x, and let the adjoint change
      // the gradient before it arrives there.
      Tensor result = x.clone();
      result.set_data(values);
      result.register_hook(adjoint);
      return scope.keep(result);
    }
  }

  private static final class Adjoint extends TensorTensorHook {
    /**
     * Libtorch reads the result after the call, on a thread without a scope that could free it. So
     * each result is held until the next call.
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
