package io.github.smartaug.nn.zoo;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.ModelType;
import io.github.smartaug.tensor.Differentiation;

/**
 * An architecture with a name.
 *
 * @param images which ones it takes
 * @param formats order of the images' values
 * @param builder makes its layers
 */
record Architecture(
    String name, String description, Images images, LayeredModel.Formats formats, Builder builder)
    implements ModelType {
  /**
   * Channels-last saves an eighth of a plain step of a ResNet-18, measured on a CPU with 128 images
   * of 3x32x32, and costs an eighth of one with a hypergradient. For networks with many 1x1
   * convolutions it is not safe: where a virtual machine does not tell the sizes of its caches,
   * libtorch divides by one of them, and the process ends.
   */
  private static final LayeredModel.Formats CHANNELS_LAST_ONCE =
      new LayeredModel.Formats(MemoryFormat.CHANNELS_LAST, MemoryFormat.CONTIGUOUS);

  private static final LayeredModel.Formats CONTIGUOUS =
      new LayeredModel.Formats(MemoryFormat.CONTIGUOUS, MemoryFormat.CONTIGUOUS);

  Architecture(String name, String description, Images images, Builder builder) {
    this(name, description, images, CONTIGUOUS, builder);
  }

  Architecture channelsLastOnce() {
    return new Architecture(name, description, images, CHANNELS_LAST_ONCE, builder);
  }

  @Override
  public Model create(ImageShape input, int classes) {
    images.require(name, input);
    return new LayeredModel(
        input, classes, formats, Differentiation.ONCE, builder.network(input, classes));
  }

  /** Makes the layers, from images [B,C,H,W] to logits [B,classes]. */
  @FunctionalInterface
  interface Builder {
    Layer network(ImageShape input, int classes);
  }

  /**
   * Which images a network takes.
   *
   * @param smallest height and width in pixels
   * @param multiple what height and width are multiples of
   */
  record Images(int smallest, int multiple) {
    static Images atLeast(int pixels) {
      return new Images(pixels, 1);
    }

    static Images multiplesOf(int pixels) {
      return new Images(pixels, pixels);
    }

    /** The condition in words. */
    String text() {
      return multiple == 1
          ? "at least %d pixels".formatted(smallest)
          : "multiples of %d pixels".formatted(multiple);
    }

    private void require(String name, ImageShape input) {
      boolean taken =
          Math.min(input.height(), input.width()) >= smallest
              && input.height() % multiple == 0
              && input.width() % multiple == 0;
      if (!taken) {
        throw new IllegalArgumentException(
            "%s: images of %s, allowed: %s".formatted(name, input, text()));
      }
    }
  }
}
