package io.github.smartaug.batch;

import java.awt.image.BufferedImage;

/**
 * The pixels of a picture of Java's own as levels from 0 to 255.
 *
 * <p>Grey pictures, and those whose palette has greys only, get one channel, others three.
 * Transparency is laid over white, as viewers and paper show it. Levels of more or fewer than eight
 * bits are scaled. Greys and colours are taken as they are stored: colour profiles are not applied,
 * nor are greys changed, as {@code getRGB} does, which takes them as linear light. Only colours
 * that are not red, green and blue are converted by Java.
 */
public final class PicturePixels {
  private static final int WHITE = 255;

  private final ImageShape shape;
  private final byte[] levels;

  private PicturePixels(ImageShape shape, byte[] levels) {
    this.shape = shape;
    this.levels = levels;
  }

  /** Reads a picture of any type, row by row; it is not changed. */
  public static PicturePixels of(BufferedImage picture) {
    return InterleavedBytes.fits(picture)
        ? new PicturePixels(InterleavedBytes.shape(picture), InterleavedBytes.planes(picture))
        : ofRows(picture);
  }

  private static PicturePixels ofRows(BufferedImage picture) {
    PixelRows rows = PixelRows.of(picture);
    int width = picture.getWidth();
    int height = picture.getHeight();
    int plane = Math.multiplyExact(width, height);
    byte[] levels = new byte[Math.multiplyExact(rows.colours(), plane)];
    for (int y = 0; y < height; y++) {
      int[][] bands = rows.row(y);
      for (int channel = 0; channel < rows.colours(); channel++) {
        for (int x = 0; x < width; x++) {
          int level = bands[channel][x];
          levels[channel * plane + y * width + x] =
              (byte)
                  (rows.colours() < bands.length
                      ? overWhite(level, bands[rows.colours()][x], rows.premultiplied())
                      : level);
        }
      }
    }
    return new PicturePixels(new ImageShape(rows.colours(), height, width), levels);
  }

  private static int overWhite(int level, int alpha, boolean premultiplied) {
    return premultiplied
        ? Math.min(WHITE, level + WHITE - alpha)
        : (level * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE;
  }

  /** Channels (1 or 3), height and width. */
  public ImageShape shape() {
    return shape;
  }

  /** Unsigned bytes [C,H,W], not a copy. */
  public byte[] levels() {
    return levels;
  }
}
