package io.github.smartaug.data;

import java.util.Optional;

/**
 * Every image keeps its proportions, and gets smaller if it is larger than that.
 *
 * @param longest pixels of the longer side
 */
record ShrinkingResizing(int longest) implements Resizing {
  @Override
  public DecodedImage apply(DecodedImage image) {
    return image.shrunkTo(longest);
  }

  @Override
  public double reduction(int width, int height) {
    return (double) Math.max(width, height) / longest;
  }

  @Override
  public Optional<String> key() {
    return Optional.of(toString());
  }
}
