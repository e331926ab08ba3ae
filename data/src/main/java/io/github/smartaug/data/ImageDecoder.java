package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG and JPEG files.
 *
 * <p>An image that is stored grey (or with a palette of greys) gets one channel, any other three.
 * Transparency is laid over white, as viewers and paper show it. 16-bit values are scaled to 8.
 * Pixels are turned upright as the file's Exif orientation says. Colour profiles are not applied,
 * as usual when training classifiers.
 *
 * <p>The size that a file states is looked at before its pixels are decoded.
 */
public final class ImageDecoder {
  /** The most pixels of an image. */
  public static final long MAX_PIXELS = 50_000_000;

  /** The most pixels of a side, as many as a JPEG can have. */
  private static final int MAX_SIDE = 65_535;

  private ImageDecoder() {}

  /**
   * Decodes one file.
   *
   * @throws IllegalArgumentException if the file cannot be read, is cut short or damaged, or states
   *     more than {@link #MAX_PIXELS}
   */
  public static DecodedImage decode(Path file) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new IOException("not a regular file");
      }
      return decode(Files.readAllBytes(file));
    } catch (IOException | RuntimeException e) {
      // The codecs throw unchecked exceptions of many kinds on damaged files.
      throw new IllegalArgumentException(
          file + ": cannot be read (" + reason(e) + "), allowed: a whole PNG or JPEG image", e);
    }
  }

  private static String reason(Exception error) {
    return error instanceof NoSuchFileException ? "no such file" : error.getMessage();
  }

  private static DecodedImage decode(byte[] file) throws IOException {
    try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw new IOException("unknown format");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(input, true, true);
        requireSize(reader.getWidth(0), reader.getHeight(0));
        Orientation orientation = checkedOrientation(ByteBuffer.wrap(file));
        return orientation.applyTo(toBytes(read(reader)));
      } finally {
        reader.dispose();
      }
    }
  }

  private static void requireSize(int width, int height) throws IOException {
    if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
      throw new IOException(
          "%dx%d pixels, more than %d or a side over %d"
              .formatted(width, height, MAX_PIXELS, MAX_SIDE));
    }
  }

  private static Orientation checkedOrientation(ByteBuffer file) throws IOException {
    Optional<ByteBuffer> exif =
        PngChunks.isPng(file) ? PngChunks.checkedExif(file) : JpegSegments.exif(file);
    return exif.map(Orientation::ofExif).orElse(Orientation.UPRIGHT);
  }

  private static BufferedImage read(ImageReader reader) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    BufferedImage image = reader.read(0);
    // The JPEG codec fills up missing data with grey and only warns.
    for (String warning : warnings) {
      if (warning.contains("Truncated") || warning.contains("premature end")) {
        throw new IOException(warning);
      }
    }
    return image;
  }

  static DecodedImage toBytes(BufferedImage image) {
    int[][] bands = bands(image);
    int pixels = image.getWidth() * image.getHeight();
    int channels = bands.length < 3 ? 1 : 3;
    byte[] bytes = new byte[channels * pixels];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < pixels; i++) {
        int value = bands[channel][i];
        bytes[channel * pixels + i] =
            (byte) (bands.length > channels ? overWhite(value, bands[channels][i]) : value);
      }
    }
    return new DecodedImage(new ImageShape(channels, image.getHeight(), image.getWidth()), bytes);
  }

  private static int overWhite(int value, int alpha) {
    return (value * alpha + 255 * (255 - alpha) + 127) / 255;
  }

  /**
   * Values 0..255 of: grey; grey, alpha; red, green, blue; or red, green, blue, alpha. Taken from
   * the raster, not with {@code getRGB}, which changes greys (Java takes them as linear light) and
   * applies colour profiles.
   */
  private static int[][] bands(BufferedImage image) {
    ColorModel colours = image.getColorModel();
    if (colours instanceof IndexColorModel palette) {
      return paletteBands(palette, samples(image.getRaster(), 0));
    }
    int colourCount = colours.getNumColorComponents();
    if (colourCount != 1 && colourCount != 3) {
      throw new IllegalArgumentException(
          colourCount + " colour components, neither grey nor red, green, blue");
    }
    int count = colours.getNumComponents();
    int[][] bands = new int[count][];
    for (int band = 0; band < count; band++) {
      int largest = (1 << colours.getComponentSize(band)) - 1;
      bands[band] = samples(image.getRaster(), band);
      if (largest != 255) {
        bands[band] =
            IntStream.of(bands[band])
                .map(value -> (int) ((value * 255L + largest / 2) / largest))
                .toArray();
      }
    }
    return bands;
  }

  private static int[] samples(Raster raster, int band) {
    return raster.getSamples(
        raster.getMinX(),
        raster.getMinY(),
        raster.getWidth(),
        raster.getHeight(),
        band,
        (int[]) null);
  }

  private static int[][] paletteBands(IndexColorModel palette, int[] indices) {
    int[] red = IntStream.of(indices).map(palette::getRed).toArray();
    int[] alpha = IntStream.of(indices).map(palette::getAlpha).toArray();
    if (isGrey(palette)) {
      return new int[][] {red, alpha};
    }
    int[] green = IntStream.of(indices).map(palette::getGreen).toArray();
    int[] blue = IntStream.of(indices).map(palette::getBlue).toArray();
    return new int[][] {red, green, blue, alpha};
  }

  private static boolean isGrey(IndexColorModel palette) {
    return IntStream.range(0, palette.getMapSize())
        .allMatch(
            i ->
                palette.getRed(i) == palette.getGreen(i)
                    && palette.getGreen(i) == palette.getBlue(i));
  }
}
