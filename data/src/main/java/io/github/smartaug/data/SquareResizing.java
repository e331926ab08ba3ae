package io.github.smartaug.data;

import java.util.Optional;

/**
 * Every image becomes a square.
 *
 * @param side in pixels
 */
record SquareResizing(int side) implements Resizing {
  @Override
  public DecodedImage apply(DecodedImage image) {
    return Resampler.resize(image, side, side);
  }

  @Override
  public double reduction(int width, int height) {
    return (double) Math.min(width, height) / side;
  }

  @Override
  public Optional<String> key() {
    return Optional.of(toString());
  }
}
