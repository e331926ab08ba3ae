package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.util.Optional;

/**
 * Every image takes on one shape.
 *
 * @param shape of 1 or 3 channels
 */
record ShapeResizing(ImageShape shape) implements Resizing {
  @Override
  public DecodedImage apply(DecodedImage image) {
    return image.as(shape);
  }

  @Override
  public double reduction(int width, int height) {
    return Math.min((double) width / shape.width(), (double) height / shape.height());
  }

  @Override
  public Optional<String> key() {
    return Optional.of(toString());
  }
}
