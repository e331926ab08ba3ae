package io.github.smartaug.data;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The blocks of a GIF file up to the end of its first picture, which have to be whole and to hold
 * all of its pixels.
 */
final class GifBlocks {
  private static final int SCREEN_AT = 6;
  private static final int SCREEN_FLAGS_AT = 10;
  private static final int BLOCKS_AT = 13;
  private static final int EXTENSION = 0x21;
  private static final int PICTURE = 0x2C;
  private static final int PICTURE_BYTES = 9;

  private final ByteBuffer file;

  private GifBlocks(ByteBuffer file) {
    this.file = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Finds the first picture.
   *
   * @return where it lies; the screen is made larger if it does not fit
   * @throws IOException if there is none, the file ends before it does, or pixels are missing
   */
  static Placement firstPicture(ByteBuffer file) throws IOException {
    return new GifBlocks(file).firstPicture();
  }

  private Placement firstPicture() throws IOException {
    require(BLOCKS_AT);
    file.position(BLOCKS_AT);
    skip(paletteBytes(file.get(SCREEN_FLAGS_AT)));
    int kind = next();
    while (kind == EXTENSION) {
      next();
      skipParts();
      kind = next();
    }
    if (kind != PICTURE) {
      throw new IOException("no picture in it");
    }
    require(PICTURE_BYTES);
    int x = Short.toUnsignedInt(file.getShort());
    int y = Short.toUnsignedInt(file.getShort());
    int width = Short.toUnsignedInt(file.getShort());
    int height = Short.toUnsignedInt(file.getShort());
    skip(paletteBytes(file.get()));
    requirePixels((long) width * height);
    return new Placement(
        new Dimension(
            Math.max(x + width, Short.toUnsignedInt(file.getShort(SCREEN_AT))),
            Math.max(y + height, Short.toUnsignedInt(file.getShort(SCREEN_AT + 2)))),
        x,
        y);
  }

  private static int paletteBytes(byte flags) {
    return flags < 0 ? 3 << ((flags & 7) + 1) : 0;
  }

  private void requirePixels(long wanted) throws IOException {
    GifCodes codes = new GifCodes(next());
    for (int length = next(); length > 0; length = next()) {
      require(length);
      if (codes.pixels() < wanted) {
        codes.read(file.slice(file.position(), length));
      }
      skip(length);
    }
    if (codes.pixels() < wanted) {
      throw new IOException("cut short, " + codes.pixels() + " of " + wanted + " pixels");
    }
  }

  private void skipParts() throws IOException {
    for (int length = next(); length > 0; length = next()) {
      skip(length);
    }
  }

  private int next() throws IOException {
    require(1);
    return Byte.toUnsignedInt(file.get());
  }

  private void skip(int bytes) throws IOException {
    require(bytes);
    file.position(file.position() + bytes);
  }

  private void require(int bytes) throws IOException {
    if (file.remaining() < bytes) {
      throw new IOException("cut short");
    }
  }
}
