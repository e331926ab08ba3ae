package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.util.Locale;

/** How images of other proportions become squares of one size. */
public enum ImageFit {
  /** They are stretched or squeezed: all of an image is there, in other proportions. */
  SQUASH,
  /** Their proportions are kept, and their centre is cut out: {@link Resizing#centreCrop}. */
  CROP,
  /**
   * As {@link #CROP}, but of training images another part in every epoch: {@link
   * Resizing#randomCrop}.
   */
  RANDOM_CROP;

  /**
   * The resizing that brings images to a square.
   *
   * @param side in pixels, from 1 to {@value Resizing#LARGEST}
   * @throws IllegalArgumentException if it is another
   */
  public Resizing to(int side) {
    return switch (this) {
      case SQUASH -> Resizing.toSquare(side);
      case CROP -> Resizing.centreCrop(side);
      case RANDOM_CROP -> Resizing.randomCrop(side);
    };
  }

  /**
   * The resizing of images that a model is to classify, as the images that it was tested on came to
   * their size: no part is drawn at random.
   *
   * @param shape that the model takes, of 1 or 3 channels
   * @throws IllegalArgumentException if it has others, or images are cropped and it is no square
   */
  public Resizing to(ImageShape shape) {
    if (this == SQUASH) {
      return Resizing.to(shape);
    }
    if (shape.height() != shape.width()) {
      throw new IllegalArgumentException(
          "images of " + shape + ": cannot be cut out by " + this + ", allowed: squares");
    }
    return Resizing.centreCrop(shape.width()).withChannels(shape.channels());
  }

  /** The name as people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
