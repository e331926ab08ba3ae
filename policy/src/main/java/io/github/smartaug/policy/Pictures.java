package io.github.smartaug.policy;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * Java's pictures as {@link Planes} of red, green and blue, and back. Greys and colours are taken
 * as they are stored, where {@code getRGB} would take greys as linear light; transparency is laid
 * over white.
 */
final class Pictures {
  private static final int WHITE = 255;
  private static final int COLOURS = 3;
  private static final int ALPHA = 3;

  /** How the samples of a row become levels. */
  private enum Kind {
    PALETTE,
    WHOLE_NUMBERS,
    NUMBERS,
    OTHER_SPACE
  }

  private Pictures() {}

  /** A copy of the pixels. */
  static Planes read(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    PixelFormat format = PixelFormat.interleaved(height, width, COLOURS);
    byte[] levels = new byte[format.size()];
    Kind kind = kind(picture.getColorModel());
    boolean multiplied =
        kind == Kind.WHOLE_NUMBERS && picture.getColorModel().isAlphaPremultiplied();
    int[][] bands = new int[COLOURS + 1][width];
    for (int y = 0; y < height; y++) {
      readRow(picture, kind, y, bands);
      for (int x = 0; x < width; x++) {
        int alpha = bands[ALPHA][x];
        for (int colour = 0; colour < COLOURS; colour++) {
          levels[(y * width + x) * COLOURS + colour] =
              (byte) overWhite(bands[colour][x], alpha, multiplied);
        }
      }
    }
    return PixelArrays.read(levels, format);
  }

  private static int overWhite(int level, int alpha, boolean multiplied) {
    return multiplied
        ? Math.min(WHITE, level + WHITE - alpha)
        : (level * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE;
  }

  private static Kind kind(ColorModel model) {
    if (model instanceof IndexColorModel) {
      return Kind.PALETTE;
    }
    int colours = model.getNumColorComponents();
    int space = model.getColorSpace().getType();
    if (!(space == ColorSpace.TYPE_GRAY && colours == 1)
        && !(space == ColorSpace.TYPE_RGB && colours == COLOURS)) {
      return Kind.OTHER_SPACE;
    }
    int type = model.getTransferType();
    return model instanceof PackedColorModel
            || type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
        ? Kind.WHOLE_NUMBERS
        : Kind.NUMBERS;
  }

  /** Levels from 0 to 255 of red, green, blue and alpha. */
  private static void readRow(BufferedImage picture, Kind kind, int y, int[][] bands) {
    switch (kind) {
      case WHOLE_NUMBERS -> readWhole(picture, y, bands);
      case NUMBERS -> readNumbers(picture, y, bands);
      case PALETTE -> {
        IndexColorModel palette = (IndexColorModel) picture.getColorModel();
        for (int x = 0; x < bands[0].length; x++) {
          split(palette.getRGB(picture.getRaster().getSample(x, y, 0)), x, bands);
        }
      }
      case OTHER_SPACE -> {
        for (int x = 0; x < bands[0].length; x++) {
          split(picture.getRGB(x, y), x, bands);
        }
      }
    }
  }

  private static void split(int colour, int x, int[][] bands) {
    bands[0][x] = (colour >> 16) & 0xFF;
    bands[1][x] = (colour >> 8) & 0xFF;
    bands[2][x] = colour & 0xFF;
    bands[ALPHA][x] = colour >>> 24;
  }

  private static void readWhole(BufferedImage picture, int y, int[][] bands) {
    ColorModel model = picture.getColorModel();
    Raster raster = picture.getRaster();
    int colours = model.getNumColorComponents();
    for (int band = 0; band < bands.length; band++) {
      int sample = band == ALPHA ? colours : Math.min(band, colours - 1);
      if (sample >= model.getNumComponents()) {
        Arrays.fill(bands[band], WHITE);
        continue;
      }
      raster.getSamples(0, y, bands[band].length, 1, sample, bands[band]);
      long largest = (1L << model.getComponentSize(sample)) - 1;
      if (largest != WHITE) {
        for (int x = 0; x < bands[band].length; x++) {
          bands[band][x] = (int) ((bands[band][x] * (long) WHITE + largest / 2) / largest);
        }
      }
    }
  }

  /** Fractions, and numbers with signs; Java divides them by alpha. */
  private static void readNumbers(BufferedImage picture, int y, int[][] bands) {
    ColorModel model = picture.getColorModel();
    int colours = model.getNumColorComponents();
    for (int x = 0; x < bands[0].length; x++) {
      Object element = picture.getRaster().getDataElements(x, y, null);
      float[] components = model.getNormalizedComponents(element, null, 0);
      for (int band = 0; band < bands.length; band++) {
        int sample = band == ALPHA ? colours : Math.min(band, colours - 1);
        float value = sample < components.length ? components[sample] : 1;
        bands[band][x] = Math.round(WHITE * Blends.clamped(value));
      }
    }
  }

  /** A picture of these colours. */
  static BufferedImage write(Planes image) {
    int area = image.area();
    int[] colours = new int[area];
    for (int i = 0; i < area; i++) {
      colours[i] =
          PixelArrays.level(image.pixels[i]) << 16
              | PixelArrays.level(image.pixels[area + i]) << 8
              | PixelArrays.level(image.pixels[2 * area + i]);
    }
    BufferedImage picture =
        new BufferedImage(image.width, image.height, BufferedImage.TYPE_INT_RGB);
    picture.getRaster().setDataElements(0, 0, image.width, image.height, colours);
    return picture;
  }
}
