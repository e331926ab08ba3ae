package io.github.smartaug.batch;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.util.stream.IntStream;

/**
 * Pictures of a byte for each level, those of a pixel together, as decoders of JPEG make them: read
 * from the array itself, all colours of a pixel at once, which takes a fraction of the time.
 */
final class InterleavedBytes {
  private InterleavedBytes() {}

  /** Whether a picture is grey or has colours in this layout, eight bits each and no alpha. */
  static boolean fits(BufferedImage picture) {
    Raster raster = picture.getRaster();
    ColorModel model = picture.getColorModel();
    return raster.getDataBuffer() instanceof DataBufferByte
        && raster.getDataBuffer().getNumBanks() == 1
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel
        && !(model instanceof IndexColorModel)
        && !model.hasAlpha()
        && PixelRows.hasLevels(model)
        && IntStream.of(model.getComponentSize()).allMatch(bits -> bits == Byte.SIZE);
  }

  /** Channels (1 or 3), height and width. */
  static ImageShape shape(BufferedImage picture) {
    return new ImageShape(
        picture.getRaster().getNumBands(), picture.getHeight(), picture.getWidth());
  }

  /** The levels of a picture that {@link #fits}, unsigned bytes [C,H,W]. */
  static byte[] planes(BufferedImage picture) {
    Raster raster = picture.getRaster();
    PixelInterleavedSampleModel layout = (PixelInterleavedSampleModel) raster.getSampleModel();
    DataBufferByte buffer = (DataBufferByte) raster.getDataBuffer();
    int width = raster.getWidth();
    int plane = Math.multiplyExact(width, raster.getHeight());
    byte[] levels = new byte[Math.multiplyExact(raster.getNumBands(), plane)];
    for (int y = 0; y < raster.getHeight(); y++) {
      int first =
          buffer.getOffset()
              + (y - raster.getSampleModelTranslateY()) * layout.getScanlineStride()
              - raster.getSampleModelTranslateX() * layout.getPixelStride();
      if (raster.getNumBands() == 1) {
        copyGreys(buffer.getData(), first, layout, levels, y * width, width);
      } else {
        copyColours(buffer.getData(), first, layout, levels, y * width, width);
      }
    }
    return levels;
  }

  private static void copyGreys(
      byte[] samples,
      int first,
      PixelInterleavedSampleModel layout,
      byte[] levels,
      int start,
      int width) {
    int pixelStride = layout.getPixelStride();
    int grey = first + layout.getBandOffsets()[0];
    for (int x = 0; x < width; x++) {
      levels[start + x] = samples[grey + x * pixelStride];
    }
  }

  private static void copyColours(
      byte[] samples,
      int first,
      PixelInterleavedSampleModel layout,
      byte[] levels,
      int start,
      int width) {
    int pixelStride = layout.getPixelStride();
    int plane = levels.length / 3;
    int[] offsets = layout.getBandOffsets();
    int red = first + offsets[0];
    int green = first + offsets[1];
    int blue = first + offsets[2];
    for (int x = 0; x < width; x++) {
      int pixel = x * pixelStride;
      levels[start + x] = samples[red + pixel];
      levels[start + plane + x] = samples[green + pixel];
      levels[start + 2 * plane + x] = samples[blue + pixel];
    }
  }
}
