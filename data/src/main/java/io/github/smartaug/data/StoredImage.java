package io.github.smartaug.data;

import io.github.smartaug.random.RandomStream;

/** One image of a set: its pixels, or what they are made from. */
interface StoredImage {
  /**
   * Unsigned bytes [C,H,W]; not to be changed.
   *
   * @throws UnreadableImageException if they can no longer be made
   */
  byte[] pixels();

  /**
   * The same as training sees it.
   *
   * @param random by which a part of it is chosen, if it is to be another part each time
   * @throws UnreadableImageException as {@link #pixels}
   */
  default byte[] trainingPixels(RandomStream random) {
    return pixels();
  }

  /**
   * Sums of the pixels of each channel.
   *
   * @throws UnreadableImageException as {@link #pixels}
   */
  PixelSums sums(int channels);

  /**
   * SHA-256 of the pixels; not to be changed.
   *
   * @throws UnreadableImageException as {@link #pixels}
   */
  byte[] hash();

  /** An image whose pixels are in memory. Not a record: those compare an array by identity. */
  final class Held implements StoredImage {
    private final byte[] pixels;

    /**
     * An image.
     *
     * @param pixels unsigned bytes [C,H,W], given away
     */
    Held(byte[] pixels) {
      this.pixels = pixels;
    }

    @Override
    public byte[] pixels() {
      return pixels;
    }

    @Override
    public PixelSums sums(int channels) {
      return PixelSums.of(pixels, channels);
    }

    @Override
    public byte[] hash() {
      return ImageFacts.hashOf(pixels);
    }
  }
}
