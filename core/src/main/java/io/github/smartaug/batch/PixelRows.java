package io.github.smartaug.batch;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;
import java.util.stream.IntStream;

/** The rows of a picture as levels from 0 to 255, one array for each colour, then one of alpha. */
interface PixelRows {
  /** Number of colours, 1 or 3. */
  int colours();

  /** Whether levels are multiplied by alpha already. */
  boolean premultiplied();

  /** Levels of a row; the arrays may be those of the row before. */
  int[][] row(int y);

  /** The way to read a picture. */
  static PixelRows of(BufferedImage picture) {
    ColorModel model = picture.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return new OfPalette(picture.getRaster(), palette);
    }
    if (!hasLevels(model)) {
      return new OfColourSpace(picture);
    }
    return isWhole(model)
        ? new OfWholeNumbers(picture.getRaster(), model)
        : new OfNumbers(picture.getRaster(), model);
  }

  /** Whether samples are levels of grey, or of red, green and blue. */
  static boolean hasLevels(ColorModel model) {
    int colours = model.getNumColorComponents();
    int space = model.getColorSpace().getType();
    return (space == ColorSpace.TYPE_GRAY && colours == 1)
        || (space == ColorSpace.TYPE_RGB && colours == 3);
  }

  /** Whether all samples are numbers from 0 to the largest of their bits. */
  private static boolean isWhole(ColorModel model) {
    int type = model.getTransferType();
    return model instanceof PackedColorModel
        || type == DataBuffer.TYPE_BYTE
        || type == DataBuffer.TYPE_USHORT;
  }

  /** Indices into a palette. */
  final class OfPalette implements PixelRows {
    private final Raster raster;
    private final int[][] entries;
    private final int[][] levels;
    private final int[] indices;

    OfPalette(Raster raster, IndexColorModel palette) {
      this.raster = raster;
      int[] red = entries(palette, 16);
      int[] green = entries(palette, 8);
      int[] blue = entries(palette, 0);
      int[] alpha = entries(palette, 24);
      boolean grey =
          IntStream.range(0, red.length).allMatch(i -> red[i] == green[i] && green[i] == blue[i]);
      this.entries = grey ? new int[][] {red, alpha} : new int[][] {red, green, blue, alpha};
      this.levels = new int[entries.length][raster.getWidth()];
      this.indices = new int[raster.getWidth()];
    }

    private static int[] entries(IndexColorModel palette, int shift) {
      int[] colours = new int[palette.getMapSize()];
      palette.getRGBs(colours);
      return IntStream.of(colours).map(colour -> (colour >> shift) & 0xFF).toArray();
    }

    @Override
    public int colours() {
      return entries.length - 1;
    }

    @Override
    public boolean premultiplied() {
      return false;
    }

    @Override
    public int[][] row(int y) {
      raster.getSamples(0, y, indices.length, 1, 0, indices);
      for (int band = 0; band < levels.length; band++) {
        for (int x = 0; x < indices.length; x++) {
          levels[band][x] = entries[band][indices[x]];
        }
      }
      return levels;
    }
  }

  /** Samples of any number of bits. */
  final class OfWholeNumbers implements PixelRows {
    private final Raster raster;
    private final ColorModel model;
    private final int[][] levels;

    OfWholeNumbers(Raster raster, ColorModel model) {
      this.raster = raster;
      this.model = model;
      this.levels = new int[model.getNumComponents()][raster.getWidth()];
    }

    @Override
    public int colours() {
      return model.getNumColorComponents();
    }

    @Override
    public boolean premultiplied() {
      return model.isAlphaPremultiplied();
    }

    @Override
    public int[][] row(int y) {
      for (int band = 0; band < levels.length; band++) {
        int[] samples = raster.getSamples(0, y, levels[band].length, 1, band, levels[band]);
        long largest = (1L << model.getComponentSize(band)) - 1;
        if (largest != 255) {
          for (int x = 0; x < samples.length; x++) {
            samples[x] = (int) ((samples[x] * 255L + largest / 2) / largest);
          }
        }
      }
      return levels;
    }
  }

  /** Samples that are fractions or have signs. */
  final class OfNumbers implements PixelRows {
    private final Raster raster;
    private final ColorModel model;
    private final int[][] levels;
    private float[] components;
    private Object element;

    OfNumbers(Raster raster, ColorModel model) {
      this.raster = raster;
      this.model = model;
      this.levels = new int[model.getNumComponents()][raster.getWidth()];
    }

    @Override
    public int colours() {
      return model.getNumColorComponents();
    }

    /** Java divides by alpha where it normalises. */
    @Override
    public boolean premultiplied() {
      return false;
    }

    @Override
    public int[][] row(int y) {
      for (int x = 0; x < raster.getWidth(); x++) {
        element = raster.getDataElements(x, y, element);
        components = model.getNormalizedComponents(element, components, 0);
        for (int band = 0; band < levels.length; band++) {
          levels[band][x] = Math.round(255 * Math.max(0, Math.min(1, components[band])));
        }
      }
      return levels;
    }
  }

  /** Colours that Java has to convert. */
  final class OfColourSpace implements PixelRows {
    private final BufferedImage picture;
    private final int[][] levels;

    OfColourSpace(BufferedImage picture) {
      this.picture = picture;
      this.levels = new int[4][picture.getWidth()];
    }

    @Override
    public int colours() {
      return 3;
    }

    @Override
    public boolean premultiplied() {
      return false;
    }

    @Override
    public int[][] row(int y) {
      for (int x = 0; x < levels[0].length; x++) {
        int colour = picture.getRGB(x, y);
        for (int band = 0; band < levels.length; band++) {
          levels[band][x] = (colour >> (band == 3 ? 24 : 16 - 8 * band)) & 0xFF;
        }
      }
      return levels;
    }
  }
}
