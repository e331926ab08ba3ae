package io.github.smartaug.augment;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Geometry;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformStage;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What was drawn for a batch: applying the same draws to the same images again gives the same bits.
 *
 * @param transforms index of the transform in its set, [position][image]
 * @param uniforms the draw in [0,1) that places the value in its range, [position][image]
 */
@SuppressWarnings("ArrayRecordComponent") // read in inner loops, never compared
public record Draws(int[][] transforms, double[][] uniforms) {
  /** Checks the shapes. */
  public Draws {
    if (transforms.length != uniforms.length) {
      throw new IllegalArgumentException(
          transforms.length + " positions of transforms, " + uniforms.length + " of uniforms");
    }
    for (int n = 0; n < transforms.length; n++) {
      if (transforms[n].length != transforms[0].length
          || uniforms[n].length != transforms[0].length) {
        throw new IllegalArgumentException(
            "position " + n + " has another number of images than position 0");
      }
    }
  }

  /**
   * Independent draws.
   *
   * @param probabilities of the transforms, summing to 1
   * @param length number of transforms per image, N
   * @param images number of images, B
   */
  static Draws independent(double[] probabilities, int length, int images, RandomGenerator random) {
    int[][] transforms = new int[length][images];
    double[][] uniforms = new double[length][images];
    for (int n = 0; n < length; n++) {
      for (int i = 0; i < images; i++) {
        transforms[n][i] = pick(probabilities, random.nextDouble());
        uniforms[n][i] = random.nextDouble();
      }
    }
    return new Draws(transforms, uniforms);
  }

  private static int pick(double[] probabilities, double uniform) {
    double cumulative = 0;
    for (int t = 0; t < probabilities.length - 1; t++) {
      cumulative += probabilities[t];
      if (uniform < cumulative) {
        return t;
      }
    }
    return probabilities.length - 1;
  }

  /** Applies all positions in turn; the result belongs to the caller's scope. */
  Tensor applyTo(Tensor images, TransformStage stage, Tensor magnitudes) {
    return stage.apply(images, transforms, uniforms, magnitudes);
  }

  /** How these draws move the pixels of images; in the current scope. */
  Geometry geometry(TransformSet set, double[] magnitudes, int height, int width) {
    try (Scope scope = Scope.open()) {
      // In float32, as images usually are, so that masks are read just where images are.
      Tensor float32 = Tensors.of(magnitudes, magnitudes.length).to(ScalarType.Float);
      Geometry geometry =
          new TransformStage(set).geometry(transforms, uniforms, float32, height, width);
      scope.keep(geometry.inverseMatrices());
      return geometry;
    }
  }

  /** Number of transforms per image. */
  public int length() {
    return transforms.length;
  }
}
