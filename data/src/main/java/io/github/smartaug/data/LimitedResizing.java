package io.github.smartaug.data;

import io.github.smartaug.random.RandomStream;
import java.util.Optional;

/**
 * Another resizing, of images up to a size.
 *
 * @param resizing what is done to them
 * @param mostPixels of a file
 */
record LimitedResizing(Resizing resizing, long mostPixels) implements Resizing {
  @Override
  public DecodedImage apply(DecodedImage image) {
    return resizing.apply(image);
  }

  /** The limit changes no pixel, but what is an image. */
  @Override
  public Optional<String> key() {
    return resizing.key().map(key -> key + " up to " + mostPixels);
  }

  @Override
  public Resizing forTraining(RandomStream random) {
    return new LimitedResizing(resizing.forTraining(random), mostPixels);
  }

  @Override
  public ImageFit fit() {
    return resizing.fit();
  }

  @Override
  public double reduction(int width, int height) {
    return resizing.reduction(width, height);
  }
}
