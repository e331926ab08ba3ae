package io.github.smartaug.optim;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Clips gradients by their global norm, like PyTorch's {@code clip_grad_norm_}. All gradients are
 * multiplied by {@code min(1, maximumNorm / (norm + 1e-6))}, where norm is the L2 norm of all of
 * them together.
 *
 * <p>Pascanu et al., "On the difficulty of training recurrent neural networks", ICML 2013.
 *
 * @param maximumNorm positive
 * @param coefficient whether derivatives take into account that the factor depends on the gradients
 */
public record GradientClipping(double maximumNorm, Coefficient coefficient)
    implements GradientCallback {
  /** How the factor is treated when the clipped gradients are differentiated. */
  public enum Coefficient {
    /** As a function of the gradients: the derivative is exact. */
    DIFFERENTIATED,
    /** As a constant: slightly cheaper, but biased whenever gradients are clipped. */
    CONSTANT
  }

  private static final double EPSILON = 1e-6;

  /** Exact clipping. */
  public GradientClipping(double maximumNorm) {
    this(maximumNorm, Coefficient.DIFFERENTIATED);
  }

  /** Checks the norm. */
  public GradientClipping {
    if (!(maximumNorm > 0)) {
      throw new IllegalArgumentException("maximum norm: " + maximumNorm + ", allowed: above 0");
    }
  }

  /** The same, whose derivatives take the factor as a constant. */
  public GradientClipping withConstantCoefficient() {
    return new GradientClipping(maximumNorm, Coefficient.CONSTANT);
  }

  @Override
  public NamedTensors apply(NamedTensors gradients) {
    return clip(gradients).gradients();
  }

  /** The gradients, clipped, and their norm before. */
  public Clipped clip(NamedTensors gradients) {
    try (TensorScope scope = TensorScope.open()) {
      Factor factor = factor(gradients);
      NamedTensors clipped = gradients.map(factor::times);
      return new Clipped(scope.keep(clipped), scope.keep(factor.norm()));
    }
  }

  /** What the gradients are to be multiplied by, in the caller's scope. */
  public Factor factor(NamedTensors gradients) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor norm = globalNorm(gradients);
      Tensor seen = coefficient == Coefficient.CONSTANT ? norm.detach() : norm;
      Tensor factor =
          seen.add(new Scalar(EPSILON))
              .reciprocal()
              .mul(new Scalar(maximumNorm))
              .clamp_max(new Scalar(1.0));
      return new Factor(scope.keep(factor), scope.keep(norm.detach()));
    }
  }

  /** L2 norm of all tensors together, without dimensions. */
  public static Tensor globalNorm(NamedTensors tensors) {
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> norms = tensors.tensors().stream().map(Tensor::norm).toList();
      return scope.keep(torch.stack(Tensors.vector(norms)).norm());
    }
  }

  /**
   * Result of clipping.
   *
   * @param gradients after clipping
   * @param norm global norm before, without history
   */
  public record Clipped(NamedTensors gradients, Tensor norm) {}

  /**
   * What clips gradients.
   *
   * @param value at most 1, without dimensions
   * @param norm global norm of the gradients, without history
   */
  public record Factor(Tensor value, Tensor norm) {
    /** A gradient, clipped; a new tensor. */
    public Tensor times(Tensor gradient) {
      return gradient.mul(value);
    }
  }
}
