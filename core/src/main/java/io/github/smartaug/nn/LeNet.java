package io.github.smartaug.nn;

import io.github.smartaug.batch.ImageShape;

/**
 * LeNet: two convolutions of 5x5 pixels (20 and 50 channels), each with ReLU and a 2x2 max-pool,
 * and two fully connected layers (500, classes) with a ReLU between. After LeCun et al.,
 * "Gradient-Based Learning Applied to Document Recognition", Proc. IEEE 1998.
 *
 * <p>Parameters: {@code conv1}, {@code conv2}, {@code fc1}, {@code fc2}, each with {@code weight}
 * and {@code bias}.
 */
public final class LeNet {
  private static final int SMALLEST = 28;
  private static final int LARGEST = 64;
  private static final Window CONVOLUTION = Window.of(5);
  private static final Window POOL = Window.of(2).withStride(2);

  private LeNet() {}

  /**
   * A LeNet in the memory format that is fastest for it.
   *
   * @param input 1 or 3 channels, 28 to 64 pixels high and wide
   */
  public static Model create(ImageShape input, int classes) {
    return create(input, classes, MemoryFormat.CHANNELS_LAST);
  }

  /**
   * A LeNet.
   *
   * @param input 1 or 3 channels, 28 to 64 pixels high and wide
   */
  public static Model create(ImageShape input, int classes, MemoryFormat memoryFormat) {
    requireSupported(input);
    int features = 50 * pixelsAfterPools(input.height()) * pixelsAfterPools(input.width());
    Layer network =
        Sequential.of(
            new Conv2d("conv1", input.channels(), 20, CONVOLUTION),
            new ReLU(),
            new MaxPool2d(POOL),
            new Conv2d("conv2", 20, 50, CONVOLUTION),
            new ReLU(),
            new MaxPool2d(POOL),
            new Flatten(),
            new Linear("fc1", features, 500),
            new ReLU(),
            new Linear("fc2", 500, classes));
    return new LayeredModel(input, classes, memoryFormat, network);
  }

  private static int pixelsAfterPools(int pixels) {
    int afterFirst = POOL.positions(CONVOLUTION.positions(pixels));
    return POOL.positions(CONVOLUTION.positions(afterFirst));
  }

  private static void requireSupported(ImageShape input) {
    boolean supported =
        (input.channels() == 1 || input.channels() == 3)
            && isSupported(input.height())
            && isSupported(input.width());
    if (!supported) {
      throw new IllegalArgumentException(
          "lenet: images of %s, allowed: 1 or 3 channels, %d to %d pixels"
              .formatted(input, SMALLEST, LARGEST));
    }
  }

  private static boolean isSupported(int pixels) {
    return pixels >= SMALLEST && pixels <= LARGEST;
  }
}
