package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Random numbers for every pixel, made on the images' device: each is a hash of its image's seed
 * and its place in the image. The same seed gives the same numbers whatever the batch.
 */
final class NoiseField {
  private static final long LOW_32_BITS = 0xFFFFFFFFL;

  private NoiseField() {}

  /** Uniform in [0,1), of the shape, type and device of {@code images}. */
  static Tensor uniform(long[] seeds, Tensor images) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor bits = hashes(seeds, pixels(images), images);
      // 24 bits, the same number in float32 and in float64.
      Tensor field = bits.bitwise_right_shift_(new Scalar(8)).to(images.scalar_type());
      return scope.keep(field.mul_(new Scalar(0x1p-24)).view(images.shape()));
    }
  }

  /**
   * Normal with mean 0 and variance 1, of the shape, type and device of {@code images} (Box and
   * Muller, "A note on the generation of random normal deviates", 1958).
   */
  static Tensor normal(long[] seeds, Tensor images) {
    long pixels = pixels(images);
    long pairs = (pixels + 1) / 2;
    try (TensorScope scope = TensorScope.open()) {
      Tensor bits = hashes(seeds, 2 * pairs, images).add_(new Scalar(1));
      Tensor aboveZero = bits.to(images.scalar_type()).mul_(new Scalar(0x1p-32));
      Tensor radius = aboveZero.narrow(1, 0, pairs).log().mul_(new Scalar(-2)).sqrt_();
      Tensor angle = aboveZero.narrow(1, pairs, pairs).mul(new Scalar(2 * Math.PI));
      List<Tensor> both = List.of(radius.mul(angle.cos()), radius.mul(angle.sin()));
      return scope.keep(Tensors.concatenate(both, 1).narrow(1, 0, pixels).reshape(images.shape()));
    }
  }

  private static long pixels(Tensor images) {
    return images.size(1) * images.size(2) * images.size(3);
  }

  /** 32 random bits each, [B,count]. */
  private static Tensor hashes(long[] seeds, long count, Tensor like) {
    try (TensorScope scope = TensorScope.open()) {
      long[] low = new long[seeds.length];
      long[] high = new long[seeds.length];
      for (int i = 0; i < seeds.length; i++) {
        low[i] = seeds[i] & LOW_32_BITS;
        high[i] = seeds[i] >>> 32;
      }
      Tensor place =
          torch.arange(
              new Scalar(count), like.options().dtype(new ScalarTypeOptional(ScalarType.Long)));
      Tensor bits = place.add(column(low, like)).bitwise_and_(new Scalar(LOW_32_BITS));
      mix(bits);
      bits.bitwise_xor_(column(high, like));
      mix(bits);
      return scope.keep(bits);
    }
  }

  private static Tensor column(long[] values, Tensor like) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(Tensors.of(values, values.length, 1).to(like.device(), ScalarType.Long));
    }
  }

  /**
   * A 32-bit hash in place, with xor-shifts by 16, 15, 16 and two multiplications between. The
   * second factor is taken negative, so that no product leaves 64 bits.
   *
   * @see <a href="https://nullprogram.com/blog/2018/07/31/">Wellons, Prospecting for hash
   *     functions</a>
   */
  private static void mix(Tensor bits) {
    xorShift(bits, 16);
    bits.mul_(new Scalar(0x7feb352dL)).bitwise_and_(new Scalar(LOW_32_BITS));
    xorShift(bits, 15);
    bits.mul_(new Scalar(0x846ca68bL - (1L << 32))).bitwise_and_(new Scalar(LOW_32_BITS));
    xorShift(bits, 16);
  }

  private static void xorShift(Tensor bits, int places) {
    try (TensorScope scope = TensorScope.open()) {
      bits.bitwise_xor_(bits.bitwise_right_shift(new Scalar(places)));
    }
  }
}
