package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.awt.Dimension;
import java.io.IOException;
import java.util.Arrays;

/**
 * Where a picture lies on a screen, which is white around it.
 *
 * @param screen its size
 * @param x column of the screen where the picture begins
 * @param y row of the screen where the picture begins
 */
record Placement(Dimension screen, int x, int y) {
  /**
   * Checks a picture's size.
   *
   * @throws IOException if it does not fit on the screen
   */
  void requireFits(int width, int height) throws IOException {
    if ((long) x + width > screen.width || (long) y + height > screen.height) {
      throw new IOException("a picture outside its screen");
    }
  }

  /**
   * The screen with the picture on it.
   *
   * @throws IOException if the picture does not fit
   */
  DecodedImage applyTo(DecodedImage picture) throws IOException {
    ImageShape from = picture.shape();
    ImageShape to = new ImageShape(from.channels(), screen.height, screen.width);
    if (to.equals(from)) {
      return picture;
    }
    requireFits(from.width(), from.height());
    byte[] pixels = new byte[ImageDataset.byteCount(to)];
    Arrays.fill(pixels, (byte) 255);
    for (int channel = 0; channel < from.channels(); channel++) {
      for (int row = 0; row < from.height(); row++) {
        System.arraycopy(
            picture.pixels(),
            (channel * from.height() + row) * from.width(),
            pixels,
            (channel * to.height() + y + row) * to.width() + x,
            from.width());
      }
    }
    return new DecodedImage(to, pixels);
  }
}
