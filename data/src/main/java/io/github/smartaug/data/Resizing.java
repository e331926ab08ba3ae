package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.MemoryNeed;
import java.util.List;
import java.util.Optional;

/** What is done to the size of every image that is read, and how large it may be before. */
@FunctionalInterface
public interface Resizing {
  /** Largest side that may be asked for; a guard against mistyped numbers. */
  int LARGEST = 4096;

  /** Images stay as they are stored. */
  Resizing NONE = image -> image;

  /** The image in its new size. */
  DecodedImage apply(DecodedImage image);

  /**
   * How many times fewer rows, and how many times fewer columns, the result of an image of that
   * size has, at least; 1 if it may have as many.
   */
  default double reduction(int width, int height) {
    return 1;
  }

  /**
   * A text that tells it from every other resizing, in this and in other processes; empty if there
   * is none. What is known of resized images is kept under it.
   */
  default Optional<String> key() {
    return this == NONE ? Optional.of("none") : Optional.empty();
  }

  /**
   * What is done to a training image in one epoch, if that is something else than is done to images
   * that a model is tested on.
   *
   * @param random of this image in this epoch
   */
  default Resizing forTraining(RandomStream random) {
    return this;
  }

  /** How images of other proportions come to their size. */
  default ImageFit fit() {
    return ImageFit.SQUASH;
  }

  /** The most pixels that an image file may have. */
  default long mostPixels() {
    return ImageDecoder.MAX_PIXELS;
  }

  /**
   * The same, for files of other sizes.
   *
   * @param mostPixels that a file may have, from 1 to {@link ImageDecoder#MOST_PIXELS_EVER}
   * @throws IllegalArgumentException if it is outside
   */
  default Resizing acceptingUpTo(long mostPixels) {
    if (mostPixels < 1 || mostPixels > ImageDecoder.MOST_PIXELS_EVER) {
      throw new IllegalArgumentException(
          "pixels of an image: " + mostPixels + ", allowed: 1.." + ImageDecoder.MOST_PIXELS_EVER);
    }
    return new LimitedResizing(this, mostPixels);
  }

  /**
   * The same, with images that are all grey or all in colour: a grey image gets its levels as red,
   * green and blue, a coloured one its brightness as grey.
   *
   * @param channels 1 or 3
   * @throws IllegalArgumentException if there are others
   */
  default Resizing withChannels(int channels) {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels: " + channels + ", allowed: 1 or 3");
    }
    return new ChannelResizing(this, channels);
  }

  /**
   * All images in their new size, in the same order; works on all cores.
   *
   * @throws IllegalArgumentException if Java's heap cannot hold them
   */
  default List<DecodedImage> applyToAll(List<DecodedImage> images) {
    if (!images.isEmpty()) {
      DecodedImage first = apply(images.get(0));
      MemoryNeed.requireOfHeap(
          "image size: " + images.size() + " images of " + first.shape(),
          (double) images.size() * first.pixels().length);
    }
    return images.parallelStream().map(this::apply).toList();
  }

  /**
   * Every image becomes {@code side x side}, its aspect ratio changed if need be.
   *
   * @param side from 1 to {@value #LARGEST}
   */
  static Resizing toSquare(int side) {
    return new SquareResizing(requireSide(side));
  }

  private static int requireSide(int side) {
    if (side < 1 || side > LARGEST) {
      throw new IllegalArgumentException(
          "image size: " + side + ", allowed: 1.." + LARGEST + " pixels");
    }
    return side;
  }

  /**
   * Every image keeps its proportions: its shorter side becomes {@code side / 0.875}, rounded down,
   * and the centre of {@code side x side} is cut out.
   *
   * @param side from 1 to {@value #LARGEST}
   * @throws IllegalArgumentException if it is another
   */
  static Resizing centreCrop(int side) {
    return new CentreCropResizing(requireSide(side));
  }

  /**
   * As {@link #centreCrop}, but of a training image a part becomes {@code side x side} that is
   * drawn for every epoch: of between 8 % and all of its area, and of between 3:4 and 4:3 (Szegedy
   * et al., "Going Deeper with Convolutions", CVPR 2015).
   *
   * @param side from 1 to {@value #LARGEST}
   * @throws IllegalArgumentException if it is another
   */
  static Resizing randomCrop(int side) {
    return new RandomCropResizing(requireSide(side));
  }

  /**
   * Every image takes on a shape, as {@link DecodedImage#as} has it: height and width, its aspect
   * ratio changed if need be, and grey or in colour.
   *
   * @param shape of 1 or 3 channels
   * @throws IllegalArgumentException if it has others
   */
  static Resizing to(ImageShape shape) {
    DecodedImage.requireChannels(shape);
    return new ShapeResizing(shape);
  }

  /**
   * Images whose longer side has more than {@code pixels} are shrunk in proportion, as {@link
   * DecodedImage#shrunkTo} does.
   *
   * @param pixels at least 1
   */
  static Resizing shrinkingTo(int pixels) {
    return new ShrinkingResizing(pixels);
  }
}
