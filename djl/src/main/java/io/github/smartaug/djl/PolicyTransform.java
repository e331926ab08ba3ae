package io.github.smartaug.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.translate.Transform;
import io.github.smartaug.policy.AugmentationPolicy;
import io.github.smartaug.policy.PixelFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Augments images of a DJL data set with a learned policy, each image in another way.
 *
 * <pre>{@code
 * AugmentationPolicy policy = AugmentationPolicy.read(Path.of("run/policy.json"));
 * Pipeline pipeline =
 *     new Pipeline().add(PolicyTransform.beforeToTensor(policy, 42)).add(new ToTensor());
 * }</pre>
 *
 * <p>Takes an image or a batch of them: {@code ArrayDataset} gives its pipeline whole batches. 1
 * channel (grey) or 3 (red, green, blue). What is done to an image is {@link
 * AugmentationPolicy#augment(float[], PixelFormat, long, long) what the policy does} for the seed
 * and an index, which counts the images that the transform was given, on through all epochs. So the
 * data set of training gets one transform, and that of validation none.
 *
 * <p>Thread-safe. If threads share a transform, as with a data set that fetches ahead, they share
 * its count, and which image gets which number depends on their speed; {@link #augment} takes the
 * number from the caller. Pixels are computed on the processor: an array on a GPU is copied there
 * and back.
 */
public final class PolicyTransform implements Transform {
  private final AugmentationPolicy policy;
  private final long seed;
  private final ArrayLayout layout;
  private final AtomicLong nextIndex = new AtomicLong();

  private PolicyTransform(AugmentationPolicy policy, long seed, ArrayLayout layout) {
    this.policy = Objects.requireNonNull(policy, "policy");
    this.seed = seed;
    this.layout = layout;
  }

  /**
   * For images as DJL reads them: [H,W,C] or [N,H,W,C], uint8 or float32, from 0 to 255. The result
   * has the same data type; uint8 is rounded to whole levels.
   *
   * @param seed of all draws
   */
  public static PolicyTransform beforeToTensor(AugmentationPolicy policy, long seed) {
    return new PolicyTransform(policy, seed, ArrayLayout.BEFORE_TO_TENSOR);
  }

  /**
   * For images that {@code ToTensor} made: [C,H,W] or [N,C,H,W], float32 from 0 to 1. Has to stand
   * before {@code Normalize}.
   *
   * @param seed of all draws
   */
  public static PolicyTransform afterToTensor(AugmentationPolicy policy, long seed) {
    return new PolicyTransform(policy, seed, ArrayLayout.AFTER_TO_TENSOR);
  }

  /**
   * Augments the next image, or a batch of the next images.
   *
   * @param images not changed
   * @return a new array with the same shape, data type, manager and device
   * @throws IllegalArgumentException if shape, data type or a number is wrong
   */
  @Override
  public NDArray transform(NDArray images) {
    PixelFormat format = layout.format(images);
    return augment(images, format, nextIndex.getAndAdd(images.size() / format.size()));
  }

  /**
   * Augments an image, or a batch, as seed and index say, whatever was augmented before.
   *
   * @param images not changed
   * @param index of the image, or of the first of a batch, among those that are augmented with the
   *     seed, such as {@code epoch * images + i}
   * @return a new array with the same shape, data type, manager and device
   * @throws IllegalArgumentException if shape, data type or a number is wrong
   */
  public NDArray augment(NDArray images, long index) {
    return augment(images, layout.format(images), index);
  }

  private NDArray augment(NDArray images, PixelFormat format, long firstIndex) {
    NDArray augmented =
        images.getDataType() == DataType.UINT8
            ? augmentLevels(images, format, firstIndex)
            : augmentNumbers(images, format, firstIndex);
    return augmented.toDevice(images.getDevice(), false);
  }

  private NDArray augmentLevels(NDArray images, PixelFormat format, long firstIndex) {
    byte[] levels = new byte[Math.toIntExact(images.size())];
    images.toByteBuffer().get(levels);
    for (int start = 0; start < levels.length; start += format.size()) {
      byte[] image = Arrays.copyOfRange(levels, start, start + format.size());
      long index = firstIndex + start / format.size();
      System.arraycopy(policy.augment(image, format, seed, index), 0, levels, start, format.size());
    }
    return images.getManager().create(ByteBuffer.wrap(levels), images.getShape(), DataType.UINT8);
  }

  private NDArray augmentNumbers(NDArray images, PixelFormat format, long firstIndex) {
    float[] numbers = images.toFloatArray();
    layout.toUnitRange(numbers);
    for (int start = 0; start < numbers.length; start += format.size()) {
      float[] image = Arrays.copyOfRange(numbers, start, start + format.size());
      long index = firstIndex + start / format.size();
      System.arraycopy(
          policy.augment(image, format, seed, index), 0, numbers, start, format.size());
    }
    layout.fromUnitRange(numbers);
    return images.getManager().create(numbers, images.getShape());
  }
}
