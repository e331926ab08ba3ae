package io.github.smartaug.transform;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Images, values and seeds for tests, in the current scope. */
final class TestImages {
  private TestImages() {}

  /** Uniform in [0,1). */
  static Tensor random(long seed, ScalarType type, long... shape) {
    RandomStream random = RandomStream.seeded(seed);
    double[] pixels = random.doubles(Arrays.stream(shape).reduce(1, Math::multiplyExact)).toArray();
    return Tensors.of(pixels, shape).to(type);
  }

  /** Of the 256 grey levels. */
  static Tensor levels(long seed, ScalarType type, long... shape) {
    RandomStream random = RandomStream.seeded(seed);
    double[] pixels =
        random
            .ints(Arrays.stream(shape).reduce(1, Math::multiplyExact), 0, 256)
            .mapToDouble(level -> level / 255.0)
            .toArray();
    return Tensors.of(pixels, shape).to(type);
  }

  /** One value for every image. */
  static Tensor values(double value, Tensor images) {
    return Tensors.full(value, images, images.size(0));
  }

  /** Different for every image. */
  static long[] seeds(long seed, Tensor images) {
    return RandomStream.seeded(seed).longs(images.size(0)).toArray();
  }

  /**
   * A value that the transform allows, small enough to leave something of the image.
   *
   * @param part of the way from the smallest such value to the largest, 0 to 1
   */
  static double allowedValue(Transform transform, double part) {
    ValueRange allowed = transform.allowedValues();
    double low = Math.max(allowed.min(), -1.5);
    double high = Math.min(allowed.max(), 2.5);
    return low + (high - low) * part;
  }

  /** Applies a transform, with seeds where it takes some. */
  static Tensor apply(Transform transform, Tensor images, Tensor values, long[] seeds) {
    return transform instanceof SeededTransform seeded
        ? seeded.apply(images, values, seeds)
        : transform.apply(images, values);
  }
}
