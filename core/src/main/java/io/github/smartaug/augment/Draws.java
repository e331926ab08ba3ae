package io.github.smartaug.augment;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.Geometry;
import io.github.smartaug.transform.TransformStage;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * What was drawn for a batch: applying the same draws to the same images again gives the same bits.
 *
 * @param transforms index of the transform in its set, [position][image]; of what is {@link
 *     TransformPolicy#applied applied}, also {@link TransformStage#NOTHING}
 * @param uniforms the draw in [0,1) that places the value in its range, [position][image]
 * @param classes of the images, [image], all 0 for a policy that treats them alike
 */
@SuppressWarnings("ArrayRecordComponent") // read in inner loops, never compared
public record Draws(int[][] transforms, double[][] uniforms, int[] classes) {
  /** Checks the shapes. */
  public Draws {
    if (transforms.length != uniforms.length) {
      throw new IllegalArgumentException(
          transforms.length + " positions of transforms, " + uniforms.length + " of uniforms");
    }
    for (int n = 0; n < transforms.length; n++) {
      if (transforms[n].length != classes.length || uniforms[n].length != classes.length) {
        throw new IllegalArgumentException(
            "position " + n + " has another number of images than there are classes");
      }
    }
  }

  /** Draws of a policy that treats all classes alike. */
  public Draws(int[][] transforms, double[][] uniforms) {
    this(transforms, uniforms, new int[transforms.length == 0 ? 0 : transforms[0].length]);
  }

  /** Draws of N transforms for each of no images. */
  static Draws ofNone(int length) {
    return new Draws(new int[length][0], new double[length][0]);
  }

  /** Independent draws of N transforms for each of B images. */
  static Draws independent(
      CategoricalDistribution transforms, int length, int images, RandomGenerator random) {
    int[][] chosen = new int[length][images];
    double[][] uniforms = new double[length][images];
    for (int n = 0; n < length; n++) {
      for (int i = 0; i < images; i++) {
        chosen[n][i] = transforms.pick(random.nextDouble());
        uniforms[n][i] = random.nextDouble();
      }
    }
    return new Draws(chosen, uniforms, new int[images]);
  }

  /**
   * How these draws move the pixels of images.
   *
   * @param stage that applies them
   * @param size number of transforms; the stage lists them once for each class
   * @param magnitudes of all transforms of the stage
   * @return in the caller's scope
   */
  Geometry geometry(TransformStage stage, int size, Tensor magnitudes, int height, int width) {
    try (TensorScope scope = TensorScope.open()) {
      Geometry geometry =
          stage.geometry(perClass(transforms, size), uniforms, magnitudes, height, width);
      scope.keep(geometry.inverseMatrices());
      return geometry;
    }
  }

  /** Number of transforms per image. */
  public int length() {
    return transforms.length;
  }

  /** Number of images. */
  public int images() {
    return classes.length;
  }

  /** The same, with {@link TransformStage#NOTHING} where an image has a transform once more. */
  Draws withoutRepeats() {
    int[][] once = new int[transforms.length][];
    for (int n = 0; n < transforms.length; n++) {
      once[n] = transforms[n].clone();
      for (int i = 0; i < classes.length; i++) {
        for (int before = 0; before < n; before++) {
          if (transforms[before][i] == transforms[n][i]) {
            once[n][i] = TransformStage.NOTHING;
          }
        }
      }
    }
    return new Draws(once, uniforms, classes);
  }

  /**
   * Indices into tables that follow one another, one of that size for each class; nothing stays
   * nothing.
   */
  int[][] perClass(int[][] indices, int size) {
    int[][] result = new int[indices.length][];
    for (int n = 0; n < indices.length; n++) {
      result[n] = indices[n].clone();
      for (int i = 0; i < classes.length; i++) {
        if (result[n][i] != TransformStage.NOTHING) {
          result[n][i] += classes[i] * size;
        }
      }
    }
    return result;
  }
}
