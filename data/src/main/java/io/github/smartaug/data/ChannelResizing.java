package io.github.smartaug.data;

import io.github.smartaug.random.RandomStream;
import java.util.Optional;

/**
 * Another resizing, of images that become grey or coloured.
 *
 * @param resizing what is done to their size
 * @param channels 1 or 3
 */
record ChannelResizing(Resizing resizing, int channels) implements Resizing {
  @Override
  public DecodedImage apply(DecodedImage image) {
    DecodedImage resized = resizing.apply(image);
    return channels == 1 ? resized.inGrey() : resized.inColour();
  }

  @Override
  public Resizing forTraining(RandomStream random) {
    return new ChannelResizing(resizing.forTraining(random), channels);
  }

  @Override
  public ImageFit fit() {
    return resizing.fit();
  }

  @Override
  public double reduction(int width, int height) {
    return resizing.reduction(width, height);
  }

  @Override
  public long mostPixels() {
    return resizing.mostPixels();
  }

  @Override
  public Optional<String> key() {
    return resizing.key().map(key -> key + ", channels " + channels);
  }
}
