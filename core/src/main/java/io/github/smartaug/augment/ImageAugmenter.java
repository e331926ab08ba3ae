package io.github.smartaug.augment;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.PicturePixels;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Images;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A policy for any training loop in Java: augments tensors, arrays, buffers and pictures.
 *
 * <pre>{@code
 * try (ImageAugmenter augmenter = ImageAugmenter.load(Path.of("policy.json"), 42)) {
 *   for (float[] batch : batches) {
 *     float[] augmented = augmenter.augment(batch, new ImageShape(3, 32, 32));
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <p>Every call draws anew. Not thread-safe: one for each thread, with a seed of its own.
 */
public final class ImageAugmenter implements AutoCloseable {
  private final Augmenter policy;
  private final RandomGenerator random;
  private final Arena arena = new Arena();

  /**
   * Applies a policy.
   *
   * @param policy whose tensors must live as long as they do; they are freed by their owner
   * @param random of the draws
   */
  public ImageAugmenter(Augmenter policy, RandomGenerator random) {
    this.policy = policy;
    this.random = random;
  }

  /**
   * Applies the policy of a file.
   *
   * @param file a {@code policy.json}, or the folder of a run that has one
   * @param seed of the draws
   * @return to be closed by the caller
   * @throws IllegalArgumentException if there is no such file, or it is wrong
   */
  public static ImageAugmenter load(Path file, long seed) {
    try (TensorScope scope = TensorScope.open()) {
      FrozenPolicy policy = new FrozenPolicy(PolicyFile.read(file).policy());
      ImageAugmenter augmenter = new ImageAugmenter(policy, RandomStream.of(seed, "augmentation"));
      augmenter.arena.hold(policy.parameters());
      return augmenter;
    }
  }

  /**
   * Augments a batch.
   *
   * @param images float [B,C,H,W] in [0,1]; not changed
   * @return of the same shape, without history, in the caller's scope
   * @throws IllegalArgumentException if the images are not such a batch, or a number is not in
   *     [0,1], as it is with levels up to 255
   */
  public Tensor augment(Tensor images) {
    Images.requireUnitRange(images);
    try (TensorScope scope = TensorScope.open();
        NoGradGuard noGradient = new NoGradGuard()) {
      return scope.keep(policy.augment(images, random).images());
    }
  }

  /**
   * Augments a batch.
   *
   * @param pixels in [0,1], image by image, each [C,H,W]; not changed
   * @return as many
   * @throws IllegalArgumentException if these are not whole images, or a number is not in [0,1]
   */
  public float[] augment(float[] pixels, ImageShape shape) {
    try (TensorScope scope = TensorScope.open()) {
      return Tensors.toFloats(augment(batch(pixels, shape)));
    }
  }

  private static Tensor batch(float[] pixels, ImageShape shape) {
    int size = shape.channels() * shape.height() * shape.width();
    if (pixels.length % size != 0) {
      throw new IllegalArgumentException(
          pixels.length + " pixels, allowed: a multiple of " + size + ", the size of " + shape);
    }
    return Tensors.of(
        pixels, pixels.length / size, shape.channels(), shape.height(), shape.width());
  }

  /**
   * Augments a batch of bytes.
   *
   * @param pixels unsigned bytes between position and limit, image by image, each [C,H,W]; neither
   *     they nor position and limit are changed
   * @return as many, rounded to whole levels, from position 0
   * @throws IllegalArgumentException if these are not whole images
   */
  public ByteBuffer augment(ByteBuffer pixels, ImageShape shape) {
    float[] values = new float[pixels.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels.get(pixels.position() + i) & 0xFF) / 255f;
    }
    float[] augmented = augment(values, shape);
    ByteBuffer result = ByteBuffer.allocate(augmented.length);
    for (int i = 0; i < augmented.length; i++) {
      result.put(i, (byte) level(augmented[i]));
    }
    return result;
  }

  /**
   * Augments a picture, as red, green and blue. Levels are taken as they are stored ({@link
   * PicturePixels}): a grey of 64 becomes three times 64; transparency is laid over white.
   *
   * @param picture of any type; not changed
   * @return of the same size, of type {@link BufferedImage#TYPE_INT_RGB}
   */
  public BufferedImage augment(BufferedImage picture) {
    PicturePixels stored = PicturePixels.of(picture);
    int width = picture.getWidth();
    int height = picture.getHeight();
    int plane = width * height;
    byte[] levels = stored.levels();
    float[] pixels = new float[Math.multiplyExact(3, plane)];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (levels[i % levels.length] & 0xFF) / 255f;
    }
    float[] augmented = augment(pixels, new ImageShape(3, height, width));
    int[] colours = new int[plane];
    for (int i = 0; i < plane; i++) {
      colours[i] =
          level(augmented[i]) << 16
              | level(augmented[plane + i]) << 8
              | level(augmented[2 * plane + i]);
    }
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    result.setRGB(0, 0, width, height, colours, 0, width);
    return result;
  }

  private static int level(float value) {
    return Math.max(0, Math.min(255, Math.round(255 * value)));
  }

  /** Frees the tensors of a policy that was loaded. */
  @Override
  public void close() {
    arena.close();
  }
}
