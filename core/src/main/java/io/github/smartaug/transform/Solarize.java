package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Inverts what is brighter than a threshold: {@code x > threshold ? 1 - x : x}, where x must be
 * above it by more than {@link Levels#TOLERANCE}.
 *
 * <p>The gradient to the images is -1 where they are inverted and 1 elsewhere. The straight-through
 * gradient to the threshold t is that of {@code x + (1 - 2x) s((x - t) / w)} with s the logistic
 * function and width w = 0.05: {@code -(1 - 2x) s (1 - s) / w}, which is felt by pixels within some
 * 0.2 of the threshold.
 *
 * <p>Value: a threshold of brightness, 0 (all is inverted) to 1 (nothing is).
 *
 * @param gradientKind straight-through, or none
 */
public record Solarize(GradientKind gradientKind) implements Transform {
  private static final double WIDTH = 0.05;

  /**
   * Checks the gradient.
   *
   * @throws IllegalArgumentException if it is {@link GradientKind#EXACT}, which there is not
   */
  public Solarize {
    StraightThrough.require(gradientKind);
  }

  /** With the straight-through gradient. */
  public Solarize() {
    this(GradientKind.STRAIGHT_THROUGH);
  }

  @Override
  public Tensor apply(Tensor images, Tensor values) {
    Tensor thresholds = PerImage.broadcast(values, images);
    try (TensorScope scope = TensorScope.open()) {
      Tensor limits = thresholds.detach().add(new Scalar(Levels.TOLERANCE));
      // Exact, and several times as fast as a choice by comparison: above is 0 or 1.
      Tensor above = images.detach().sub(limits).sign_().clamp_min_(new Scalar(0));
      Tensor sign = above.mul(new Scalar(-2)).add_(new Scalar(1));
      Tensor result = above.addcmul(images, sign);
      if (gradientKind == GradientKind.NONE || !StraightThrough.wanted(values)) {
        return scope.keep(result);
      }
      Tensor distances = images.detach().sub(thresholds.detach());
      Tensor step = distances.div_(new Scalar(WIDTH)).sigmoid_();
      Tensor fromMiddle = images.detach().sub(new Scalar(0.5));
      // Half the slope times the width: (x - 1/2) s (1 - s).
      Tensor slope = torch.sigmoid_backward(fromMiddle, step);
      return scope.keep(
          StraightThrough.slope(result, thresholds.mul(new Scalar(2 / WIDTH)), slope));
    }
  }

  @Override
  public ValueRange allowedValues() {
    return ValueRange.between(0, 1);
  }

  @Override
  public Transform withoutStraightThrough() {
    return new Solarize(GradientKind.NONE);
  }

  @Override
  public ValueUnit unit() {
    return ValueUnit.LEVEL;
  }
}
