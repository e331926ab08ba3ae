package io.github.smartaug.data;

import io.github.smartaug.tensor.ImageShape;
import java.util.Arrays;

/** One image as unsigned bytes [C,H,W]. The array belongs to this object. */
final class DecodedImage {
  private final ImageShape shape;
  private final byte[] pixels;

  DecodedImage(ImageShape shape, byte[] pixels) {
    this.shape = shape;
    this.pixels = pixels;
  }

  ImageShape shape() {
    return shape;
  }

  byte[] pixels() {
    return pixels;
  }

  /** Such as {@code 32x48}: width, height, as image programs say it. */
  String sizeText() {
    return shape.width() + "x" + shape.height();
  }

  /** This image with three channels: a grey one three times over. */
  DecodedImage inColour() {
    if (shape.channels() == 3) {
      return this;
    }
    byte[] colours = Arrays.copyOf(pixels, 3 * pixels.length);
    System.arraycopy(pixels, 0, colours, pixels.length, pixels.length);
    System.arraycopy(pixels, 0, colours, 2 * pixels.length, pixels.length);
    return new DecodedImage(new ImageShape(3, shape.height(), shape.width()), colours);
  }
}
