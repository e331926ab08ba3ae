package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.awt.image.Raster;

/**
 * Red, green and blue from the four colours of print, which Java's codecs leave as they are stored.
 *
 * <p>JPEG files hold what Adobe's programs write: how much paper is left free of cyan, magenta,
 * yellow and black, 0 for full ink. That holds for files without Adobe's segment, too, as for
 * browsers and Pillow. A transform, 2 by the standard, means that the first three are stored as
 * brightness and differences of their inks. TIFF files hold the inks. Profiles are not applied: red
 * is what cyan and black leave.
 */
final class PrintColours {
  /** Adobe's number for colours that are stored as they are. */
  private static final int NO_TRANSFORM = 0;

  private static final int LARGEST = 255;

  /** Bits of fractions, and the factors of the JFIF standard in them, as libjpeg has them. */
  private static final int FRACTION = 16;

  private static final int HALF = 1 << (FRACTION - 1);
  private static final int RED_OF_CR = 91_881;
  private static final int GREEN_OF_CB = 22_554;
  private static final int GREEN_OF_CR = 46_802;
  private static final int BLUE_OF_CB = 116_130;

  private PrintColours() {}

  /** Rewrites the four numbers of a pixel as what is left free of each ink. */
  private interface Storage {
    void toFreePaper(int[] row, int start);
  }

  /**
   * Converts what a JPEG file holds.
   *
   * @param stored four bands of 0 to 255
   * @param transform of Adobe's segment, 0 without one
   */
  static DecodedImage ofJpeg(Raster stored, int transform) {
    return toRgb(
        stored,
        transform == NO_TRANSFORM ? (row, start) -> {} : PrintColours::toFreePaperOfDifferences);
  }

  /**
   * Converts what a TIFF file holds.
   *
   * @param stored four bands of 0 to 255
   */
  static DecodedImage ofTiff(Raster stored) {
    return toRgb(
        stored,
        (row, start) -> {
          for (int i = start; i < start + 4; i++) {
            row[i] = LARGEST - row[i];
          }
        });
  }

  private static DecodedImage toRgb(Raster stored, Storage storage) {
    int width = stored.getWidth();
    int plane = Math.multiplyExact(width, stored.getHeight());
    byte[] pixels = new byte[Math.multiplyExact(3, plane)];
    int[] row = new int[4 * width];
    for (int y = 0; y < stored.getHeight(); y++) {
      stored.getPixels(stored.getMinX(), stored.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        storage.toFreePaper(row, 4 * x);
        int unblackened = row[4 * x + 3];
        for (int channel = 0; channel < 3; channel++) {
          int free = row[4 * x + channel];
          pixels[channel * plane + y * width + x] =
              (byte) ((free * unblackened + LARGEST / 2) / LARGEST);
        }
      }
    }
    return new DecodedImage(new ImageShape(3, stored.getHeight(), width), pixels);
  }

  private static void toFreePaperOfDifferences(int[] row, int start) {
    int brightness = row[start];
    int cb = row[start + 1] - 128;
    int cr = row[start + 2] - 128;
    int red = brightness + ((RED_OF_CR * cr + HALF) >> FRACTION);
    int green = brightness + ((-GREEN_OF_CB * cb - GREEN_OF_CR * cr + HALF) >> FRACTION);
    int blue = brightness + ((BLUE_OF_CB * cb + HALF) >> FRACTION);
    row[start] = LARGEST - clamped(red);
    row[start + 1] = LARGEST - clamped(green);
    row[start + 2] = LARGEST - clamped(blue);
  }

  private static int clamped(int value) {
    return Math.max(0, Math.min(LARGEST, value));
  }
}
