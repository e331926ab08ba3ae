package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.util.Optional;

/**
 * The shorter side of every image is resized to somewhat more than wanted, the other one in
 * proportion, and the centre is cut out.
 *
 * <p>The sizes and the place are those of torchvision's {@code Resize} and {@code CenterCrop}, the
 * part that remains is that of its reference training: 224 of 256 pixels.
 *
 * @param side of the square, in pixels
 */
record CentreCropResizing(int side) implements Resizing {
  /** Of the shorter side. */
  private static final double REMAINING = 0.875;

  @Override
  public DecodedImage apply(DecodedImage image) {
    ImageShape from = image.shape();
    int shorter = shorterSide();
    int height = longer(shorter, from.height(), from.width());
    int width = longer(shorter, from.width(), from.height());
    // Python's round, which torchvision takes, goes to the even one of two that are as near.
    PixelBox centre =
        new PixelBox(
            (int) Math.rint((height - side) / 2.0),
            (int) Math.rint((width - side) / 2.0),
            side,
            side);
    return Resampler.resize(image, height, width, centre);
  }

  private int shorterSide() {
    return (int) (side / REMAINING);
  }

  /** A side after the other one was resized in proportion; itself, if it is the shorter one. */
  private static int longer(int shorter, int side, int other) {
    return (int) Math.max(shorter, (long) shorter * side / other);
  }

  @Override
  public double reduction(int width, int height) {
    return (double) Math.min(width, height) / shorterSide();
  }

  @Override
  public ImageFit fit() {
    return ImageFit.CROP;
  }

  @Override
  public Optional<String> key() {
    return Optional.of(toString());
  }
}
