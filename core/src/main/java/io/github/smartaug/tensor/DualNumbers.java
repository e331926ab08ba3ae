package io.github.smartaug.tensor;

import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Derivatives in forward mode, computed with libtorch's dual numbers: each value carries its
 * derivative along one direction with it.
 *
 * <p>Libtorch has one level of dual numbers per process. This class leaves it also after an
 * exception, because a process that ends inside it hangs.
 */
public final class DualNumbers {
  /** The binding has no function that makes a dual number, but TorchScript has. */
  private static final String SCRIPT =
      """
      def make(primal: Tensor, tangent: Tensor):
          return torch._make_dual(primal, tangent, 0)
      def tangent(dual: Tensor):
          return torch._unpack_dual(dual, 0)[1]
      """;

  private static final Arena FOREVER = new Arena();
  private static final Function MAKE;
  private static final Function TANGENT;

  static {
    try (TensorScope scope = TensorScope.open()) {
      CompilationUnit unit = FOREVER.hold(torch.compile(SCRIPT));
      MAKE = unit.get_function(new QualifiedName("make"));
      TANGENT = unit.get_function(new QualifiedName("tangent"));
    }
  }

  private static volatile boolean active;

  private DualNumbers() {}

  /** Whether a computation with dual numbers is running, on any thread. */
  public static boolean isActive() {
    return active;
  }

  /** A function of named tensors with one tensor as its result. */
  @FunctionalInterface
  public interface TensorFunction {
    /** The function's value, in the caller's scope. */
    Tensor apply(NamedTensors arguments);
  }

  /**
   * Derivative of a function along a direction, {@code d/de f(at + e * direction)} at e = 0.
   *
   * <p>The result can be differentiated once more with respect to tensors that the function uses
   * besides its arguments. Two operations of libtorch do not allow this:
   *
   * <ul>
   *   <li>{@code log_softmax} and {@code logsumexp} fail with "modified by an inplace operation".
   *       Use {@link Tensors#logSoftmax}.
   *   <li>{@code batch_norm} in training mode gives a <em>wrong</em> second derivative without an
   *       error, because it treats the statistics of the batch as constants. Check {@link
   *       #isActive} and compute it from simpler operations.
   * </ul>
   *
   * @param direction one tensor per argument, constant
   * @param at arguments
   * @return of the shape of the function's value, in the caller's scope; undefined if the function
   *     does not depend on its arguments
   */
  public static synchronized Tensor derivativeAlong(
      NamedTensors direction, NamedTensors at, TensorFunction function) {
    try (TensorScope scope = TensorScope.open()) {
      long level = torch.enter_dual_level();
      active = true;
      try {
        NamedTensors duals = at.combine(direction, (x, along) -> call(MAKE, x, along));
        return scope.keep(call(TANGENT, function.apply(duals)));
      } finally {
        active = false;
        torch.exit_dual_level(level);
      }
    }
  }

  /** The value of a number that may be dual, without its derivative; keeps autograd's history. */
  public static Tensor primal(Tensor perhapsDual) {
    return perhapsDual._fw_primal(0);
  }

  /**
   * A number with that much more derivative.
   *
   * @param tangent of the shape of the number, with or without history
   */
  public static Tensor plusTangent(Tensor perhapsDual, Tensor tangent) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(perhapsDual.add(call(MAKE, torch.zeros_like(tangent.detach()), tangent)));
    }
  }

  private static Tensor call(Function function, Tensor... arguments) {
    try (TensorScope scope = TensorScope.open()) {
      IValueVector values = new IValueVector();
      for (Tensor argument : arguments) {
        values.push_back(new IValue(argument));
      }
      return scope.keep(new Tensor(function.apply(values).toTensor()));
    }
  }
}
