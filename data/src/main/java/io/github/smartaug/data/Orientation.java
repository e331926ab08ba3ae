package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held: the number 1 to 8 of the Exif standard (CIPA DC-008), by which stored
 * pixels are turned and mirrored to stand upright.
 *
 * @param number 1 for pixels that stand upright already
 */
record Orientation(int number) {
  static final Orientation UPRIGHT = new Orientation(1);

  private static final int TAG = 0x0112;
  private static final int TYPE_SHORT = 3;
  private static final int HEADER = 8;
  private static final int ENTRY = 12;

  /** The orientation that Exif data states; upright if they state none or are damaged. */
  static Orientation ofExif(ByteBuffer exif) {
    if (exif.limit() < HEADER) {
      return UPRIGHT;
    }
    boolean little = exif.get(0) == 'I';
    ByteBuffer data =
        exif.duplicate().order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = data.getInt(4);
    if (directory < HEADER || directory > data.limit() - 2) {
      return UPRIGHT;
    }
    int stated = Short.toUnsignedInt(data.getShort(directory));
    int entries = Math.min(stated, (data.limit() - directory - 2) / ENTRY);
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY;
      if (Short.toUnsignedInt(data.getShort(entry)) == TAG
          && data.getShort(entry + 2) == TYPE_SHORT) {
        int number = Short.toUnsignedInt(data.getShort(entry + 8));
        return number >= 1 && number <= 8 ? new Orientation(number) : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** Whether rows are stored where columns belong. */
  boolean isOnItsSide() {
    return number >= 5;
  }

  /** The image, turned upright. */
  DecodedImage applyTo(DecodedImage image) {
    if (equals(UPRIGHT)) {
      return image;
    }
    ImageShape stored = image.shape();
    boolean swapped = isOnItsSide();
    int height = swapped ? stored.width() : stored.height();
    int width = swapped ? stored.height() : stored.width();
    byte[] source = image.pixels();
    byte[] upright = new byte[source.length];
    int plane = height * width;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = storedIndex(x, y, stored.height(), stored.width());
        for (int channel = 0; channel < stored.channels(); channel++) {
          upright[channel * plane + y * width + x] = source[channel * plane + from];
        }
      }
    }
    return new DecodedImage(new ImageShape(stored.channels(), height, width), upright);
  }

  /** Where the pixel is stored that belongs at (x, y) of the upright image. */
  private int storedIndex(int x, int y, int height, int width) {
    boolean swapped = isOnItsSide();
    int column = swapped ? y : x;
    int row = swapped ? x : y;
    boolean fromRight = number == 2 || number == 3 || number == 7 || number == 8;
    boolean fromBelow = number == 3 || number == 4 || number == 6 || number == 7;
    return (fromBelow ? height - 1 - row : row) * width + (fromRight ? width - 1 - column : column);
  }
}
