package io.github.smartaug.nn.zoo;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.ModelType;

/**
 * An architecture with a name.
 *
 * @param images which ones it takes
 * @param builder makes its layers
 */
record Architecture(String name, String description, Images images, Builder builder)
    implements ModelType {
  @Override
  public Model create(ImageShape input, int classes) {
    images.require(name, input);
    // Row-major. Channels-last is not safe for networks with 1x1 convolutions: where a virtual
    // machine does not tell the sizes of its caches, libtorch's kernels for it give wrong numbers
    // for strides of 2, and divide by such a size, which ends the process.
    return new LayeredModel(input, classes, builder.network(input, classes));
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
