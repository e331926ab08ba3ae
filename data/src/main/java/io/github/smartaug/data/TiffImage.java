package io.github.smartaug.data;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;

/** A TIFF file, whose first page is read; its fields and strips or tiles have to be whole. */
final class TiffImage extends ImageContent {
  private static final int DIRECTORY_AT = 4;
  private static final int ENTRY = 12;

  /** Bytes of a number of each type from 1. */
  private static final int[] TYPE_BYTES = {1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  private final int fileSize;

  private TiffImage(byte[] file) {
    // Exif data have the form of a TIFF file, and the same number for the orientation.
    super(file, Optional.of(ByteBuffer.wrap(file)));
    fileSize = file.length;
  }

  static TiffImage of(byte[] file) throws IOException {
    requireWholeFields(ByteBuffer.wrap(file));
    return new TiffImage(file);
  }

  /** Java's codec passes over what lies beyond the end, and then takes another number of bits. */
  private static void requireWholeFields(ByteBuffer bytes) throws IOException {
    ByteBuffer file =
        bytes
            .duplicate()
            .order(bytes.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    requireInside(file, DIRECTORY_AT, Integer.BYTES);
    long directory = Integer.toUnsignedLong(file.getInt(DIRECTORY_AT));
    requireInside(file, directory, Short.BYTES);
    int count = Short.toUnsignedInt(file.getShort((int) directory));
    requireInside(file, directory + Short.BYTES, (long) count * ENTRY);
    for (int i = 0; i < count; i++) {
      int entry = (int) directory + Short.BYTES + i * ENTRY;
      int type = Short.toUnsignedInt(file.getShort(entry + 2));
      if (type >= 1 && type <= TYPE_BYTES.length) {
        long size = Integer.toUnsignedLong(file.getInt(entry + 4)) * TYPE_BYTES[type - 1];
        if (size > Integer.BYTES) {
          requireInside(file, Integer.toUnsignedLong(file.getInt(entry + 8)), size);
        }
      }
    }
  }

  private static void requireInside(ByteBuffer file, long start, long size) throws IOException {
    if (start + size > file.limit()) {
      throw new IOException("cut short");
    }
  }

  @Override
  ImageReader codec() {
    return javaCodec("tiff");
  }

  @Override
  DecodedImage pixels(ImageReader reader, ImageReadParam parameters) throws IOException {
    TIFFDirectory directory = TIFFDirectory.createFromMetadata(reader.getImageMetadata(0));
    requireWhole(
        directory, BaselineTIFFTagSet.TAG_STRIP_OFFSETS, BaselineTIFFTagSet.TAG_STRIP_BYTE_COUNTS);
    requireWhole(
        directory, BaselineTIFFTagSet.TAG_TILE_OFFSETS, BaselineTIFFTagSet.TAG_TILE_BYTE_COUNTS);
    BufferedImage picture = reader.read(0, parameters);
    ColorModel model = picture.getColorModel();
    int type = model.getTransferType();
    if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) {
      throw new IOException("levels that are not whole numbers of up to 16 bits");
    }
    if (model instanceof IndexColorModel) {
      return DecodedImage.of(withStatedPalette(picture, directory));
    }
    if (model.hasAlpha() && isUnspecified(directory)) {
      return DecodedImage.of(withoutAlpha(picture));
    }
    if (model.getColorSpace().getType() != ColorSpace.TYPE_CMYK) {
      return DecodedImage.of(picture);
    }
    if (type != DataBuffer.TYPE_BYTE || model.hasAlpha()) {
      throw new IOException("colours of print of more than 8 bits, or with transparency");
    }
    return PrintColours.ofTiff(picture.getRaster());
  }

  private void requireWhole(TIFFDirectory directory, int offsetsTag, int countsTag)
      throws IOException {
    TIFFField offsets = directory.getTIFFField(offsetsTag);
    TIFFField counts = directory.getTIFFField(countsTag);
    for (int i = 0; offsets != null && counts != null && i < offsets.getCount(); i++) {
      if (offsets.getAsLong(i) + counts.getAsLong(i) > fileSize) {
        throw new IOException("cut short");
      }
    }
  }

  /**
   * A palette has levels of 16 bits. Programs multiply those of 8 bits by 256 or by 257; the upper
   * byte is right for both, while Java's codec scales them down, by one too far for the former.
   */
  private static BufferedImage withStatedPalette(BufferedImage picture, TIFFDirectory directory) {
    TIFFField palette = directory.getTIFFField(BaselineTIFFTagSet.TAG_COLOR_MAP);
    if (palette == null) {
      return picture;
    }
    int size = palette.getCount() / 3;
    byte[] levels = new byte[3 * size];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (palette.getAsInt(i) >> Byte.SIZE);
    }
    IndexColorModel stated =
        new IndexColorModel(
            picture.getColorModel().getPixelSize(),
            size,
            Arrays.copyOfRange(levels, 0, size),
            Arrays.copyOfRange(levels, size, 2 * size),
            Arrays.copyOfRange(levels, 2 * size, 3 * size));
    return new BufferedImage(stated, picture.getRaster(), false, null);
  }

  /** Java's codec takes every band behind the colours for transparency. */
  private static boolean isUnspecified(TIFFDirectory directory) {
    TIFFField extra = directory.getTIFFField(BaselineTIFFTagSet.TAG_EXTRA_SAMPLES);
    return extra == null || extra.getAsInt(0) == BaselineTIFFTagSet.EXTRA_SAMPLES_UNSPECIFIED;
  }

  private static BufferedImage withoutAlpha(BufferedImage picture) {
    ColorModel model = picture.getColorModel();
    WritableRaster all = picture.getRaster();
    int[] colours = IntStream.range(0, model.getNumColorComponents()).toArray();
    return new BufferedImage(
        new ComponentColorModel(
            model.getColorSpace(), false, false, Transparency.OPAQUE, model.getTransferType()),
        all.createWritableChild(0, 0, all.getWidth(), all.getHeight(), 0, 0, colours),
        false,
        null);
  }
}
