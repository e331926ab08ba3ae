package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.file.Sha256;
import java.security.MessageDigest;

/**
 * What is remembered of an image whose pixels are not: enough for mean, deviation and hash of every
 * set that it may be in.
 */
final class ImageFacts {
  private final ImageShape shape;
  private final PixelSums sums;
  private final byte[] hash;
  private final byte[] hashInColour;

  /**
   * Facts.
   *
   * @param shape as decoded
   * @param hash of the pixels
   * @param hashInColour of the pixels with three channels
   */
  ImageFacts(ImageShape shape, PixelSums sums, byte[] hash, byte[] hashInColour) {
    this.shape = shape;
    this.sums = sums;
    this.hash = hash;
    this.hashInColour = hashInColour;
  }

  static ImageFacts of(DecodedImage image) {
    byte[] hash = hashOf(image.pixels());
    return new ImageFacts(
        image.shape(),
        PixelSums.of(image.pixels(), image.shape().channels()),
        hash,
        image.shape().channels() == 3 ? hash : hashOf(image.inColour().pixels()));
  }

  /** SHA-256 of bytes. */
  static byte[] hashOf(byte[] pixels) {
    MessageDigest digest = Sha256.digest();
    digest.update(pixels);
    return digest.digest();
  }

  ImageShape shape() {
    return shape;
  }

  PixelSums sums() {
    return sums;
  }

  byte[] hash() {
    return hash;
  }

  byte[] hashInColour() {
    return hashInColour;
  }

  /** Those of the image with three channels. */
  ImageFacts inColour() {
    return shape.channels() == 3
        ? this
        : new ImageFacts(
            new ImageShape(3, shape.height(), shape.width()),
            sums.inColour(),
            hashInColour,
            hashInColour);
  }
}
