package io.github.smartaug.transform;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** Seeds of {@link SeededTransform}s, one per image, and single numbers drawn from them. */
final class Seeds {
  private Seeds() {}

  /** The seed of each image as a function of its uniform draw, so that a replay needs no other. */
  static long[] ofUniforms(double[] uniforms) {
    return Arrays.stream(uniforms)
        .mapToLong(uniform -> RandomStream.hash(Double.doubleToLongBits(uniform)))
        .toArray();
  }

  /**
   * Numbers in [0,1).
   *
   * @param seeds [B]
   * @param count of numbers per image
   * @return [count,B], of the type and on the device of {@code like}
   */
  static Tensor uniforms(long[] seeds, int count, Tensor like) {
    double[] drawn = new double[count * seeds.length];
    for (int i = 0; i < seeds.length; i++) {
      RandomStream stream = RandomStream.seeded(seeds[i]);
      for (int n = 0; n < count; n++) {
        drawn[n * seeds.length + i] = stream.nextDouble();
      }
    }
    return Tensors.constant(drawn, like, count, seeds.length);
  }

  /**
   * Checks the number of seeds.
   *
   * @throws IllegalArgumentException if there is not one per image
   */
  static void check(long[] seeds, Tensor images) {
    if (seeds.length != images.size(0)) {
      throw new IllegalArgumentException(
          seeds.length + " seeds for " + images.size(0) + " images, expected one each");
    }
  }
}
