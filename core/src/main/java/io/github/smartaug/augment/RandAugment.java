package io.github.smartaug.augment;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Geometry;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformStage;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * N transforms in turn, all equally likely, all of the same strength M, where they have two
 * directions in one of them at random.
 *
 * <p>Cubuk et al., "RandAugment: practical automated data augmentation with a reduced search
 * space", NeurIPS 2020. M is a number from 0 to 30 there, of which the magnitude is the share; the
 * defaults are torchvision's, N = 2 and M = 9. Every image has the value at the end of the range
 * that the magnitude opens, unlike in a learned policy, which draws from that range.
 */
public final class RandAugment implements TransformPolicy {
  /** The magnitude of torchvision's default. */
  public static final double USUAL_MAGNITUDE = 0.3;

  private final TransformSet transforms;
  private final int length;
  private final double magnitude;
  private final TransformStage stage;
  private final Strengths strengths;

  /**
   * A policy.
   *
   * @param transforms to choose from
   * @param length transforms per image, N, at least 0
   * @param magnitude M in [0,1]
   */
  public RandAugment(TransformSet transforms, int length, double magnitude) {
    this(transforms, length, magnitude, Strengths.fixed(transforms));
  }

  RandAugment(TransformSet transforms, int length, double magnitude, Strengths strengths) {
    if (length < 0) {
      throw new IllegalArgumentException("length is " + length + ", allowed: at least 0");
    }
    if (!(magnitude >= 0 && magnitude <= 1)) {
      throw new IllegalArgumentException("magnitude is " + magnitude + ", allowed: 0 to 1");
    }
    this.transforms = transforms;
    this.length = length;
    this.magnitude = magnitude;
    this.stage = new TransformStage(transforms);
    this.strengths = strengths;
  }

  @Override
  public TransformSet transforms() {
    return transforms;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public double[] probabilities() {
    return filled(1.0 / transforms.size());
  }

  @Override
  public double[] magnitudes() {
    return filled(magnitude);
  }

  private double[] filled(double value) {
    double[] values = new double[transforms.size()];
    Arrays.fill(values, value);
    return values;
  }

  @Override
  public String description() {
    return "random, " + PolicyText.choice(this) + ", magnitude " + magnitude;
  }

  @Override
  public Draws draw(int images, RandomGenerator random) {
    return strengths.of(
        Draws.independent(
            CategoricalDistribution.uniform(transforms.size()), length, images, random));
  }

  @Override
  public Augmented apply(Tensor images, Draws draws) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor magnitudes = Tensors.full(magnitude, images, transforms.size());
      Tensor augmented = stage.apply(images, draws.transforms(), draws.uniforms(), magnitudes);
      return Augmented.unweighted(augmented).keptBy(scope);
    }
  }

  @Override
  public Geometry geometry(Draws draws, int height, int width) {
    try (TensorScope scope = TensorScope.open()) {
      // In float32, as images usually are, so that masks are read just where images are.
      Tensor magnitudes = Tensors.of(magnitudes(), transforms.size()).to(ScalarType.Float);
      Geometry geometry = draws.geometry(stage, transforms.size(), magnitudes, height, width);
      scope.keep(geometry.inverseMatrices());
      return geometry;
    }
  }
}
