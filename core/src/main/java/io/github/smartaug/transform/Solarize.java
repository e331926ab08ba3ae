package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Inverts what is brighter than a threshold, strictly: {@code x > threshold ? 1 - x : x}.
 *
 * <p>The gradient to the images is -1 where they are inverted and 1 elsewhere. The straight-through
 * gradient to the threshold t is that of {@code x + (1 - 2x) s((x - t) / w)} with s the logistic
 * function and width w = 0.05: {@code -(1 - 2x) s (1 - s) / w}, which is felt by pixels within some
 * 0.2 of the threshold.
 */
record Solarize(GradientKind gradientKind) implements Transform {
  private static final double WIDTH = 0.05;

  @Override
  public Tensor apply(Tensor images, Tensor values) {
    Tensor thresholds = PerImage.broadcast(values, images);
    try (Scope scope = Scope.open()) {
      // Exact, and several times as fast as a choice by comparison: above is 0 or 1.
      Tensor above = images.detach().sub(thresholds.detach()).sign_().clamp_min_(new Scalar(0));
      Tensor sign = above.mul(new Scalar(-2)).add_(new Scalar(1));
      Tensor result = above.addcmul(images, sign);
      if (gradientKind == GradientKind.NONE || !StraightThrough.wanted(values)) {
        return scope.keep(result);
      }
      Tensor slope = slope(images.detach(), thresholds.detach());
      return scope.keep(StraightThrough.slope(result, thresholds, slope));
    }
  }

  private static Tensor slope(Tensor images, Tensor thresholds) {
    try (Scope scope = Scope.open()) {
      Tensor step = images.sub(thresholds).div(new Scalar(WIDTH)).sigmoid();
      Tensor density = step.mul(step.neg().add(new Scalar(1))).div(new Scalar(WIDTH));
      return scope.keep(images.mul(new Scalar(2)).sub(new Scalar(1)).mul(density));
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
