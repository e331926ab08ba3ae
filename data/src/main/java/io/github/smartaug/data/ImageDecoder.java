package io.github.smartaug.data;

import io.github.smartaug.batch.PicturePixels;
import java.awt.Dimension;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
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
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG and JPEG files, whatever their names; others are refused by their format.
 *
 * <p>An image that is stored grey (or with a palette of greys) gets one channel, any other three,
 * in the levels of {@link PicturePixels}: transparency is laid over white, 16-bit values are scaled
 * to 8, colour profiles are not applied, as usual when training classifiers. Colours of print
 * become red, green and blue. Pixels are turned upright as the file's Exif orientation says. Of an
 * animated PNG, the picture is read that programs show which know no animation.
 *
 * <p>The size that a file states is looked at before its pixels are decoded.
 */
public final class ImageDecoder {
  /** The most pixels of an image, if nothing else is said. */
  public static final long MAX_PIXELS = 50_000_000;

  /** The most that may be said: four bytes each fill one of Java's arrays. */
  public static final long MOST_PIXELS_EVER = 500_000_000;

  /** The most pixels of a side, as many as a JPEG can have. */
  private static final int MAX_SIDE = 65_535;

  /** Images with more are decoded by every second, third... pixel if they will be much smaller. */
  private static final long MANY_PIXELS = 16_000_000;

  private ImageDecoder() {}

  /** Decodes one file of at most {@link #MAX_PIXELS}, as {@link #decode(Path, Resizing)}. */
  public static DecodedImage decode(Path file) {
    return decode(file, Resizing.NONE);
  }

  /**
   * Decodes and resizes one file. Where images of more than 16 million pixels end with less than
   * half of the sides, rows and columns are left out while decoding, but at least twice the pixels
   * of each side remain.
   *
   * @throws IllegalArgumentException if the file cannot be read, is cut short or damaged, states
   *     more pixels than allowed, or needs more memory than Java has
   */
  public static DecodedImage decode(Path file, Resizing resizing) {
    return read(file, bytes -> resizing.apply(decode(bytes, resizing)));
  }

  /**
   * Decodes and resizes the content of a file, as {@link #decode(Path, Resizing)}.
   *
   * @param place where the content is from, for messages
   */
  static DecodedImage decode(String place, byte[] content, Resizing resizing) {
    return decode(place, () -> content, resizing);
  }

  /** As {@link #decode(String, byte[], Resizing)}, of content that is read for it. */
  static DecodedImage decode(String place, Content content, Resizing resizing) {
    return read(place, content, bytes -> resizing.apply(decode(bytes, resizing)));
  }

  /**
   * Width and height of the image in a file, upright; no pixel is decoded.
   *
   * @throws IllegalArgumentException if the file cannot be read, or is cut short or damaged
   */
  public static Dimension size(Path file) {
    return read(
        file,
        bytes -> {
          Dimension stored =
              open(bytes, reader -> new Dimension(reader.getWidth(0), reader.getHeight(0)));
          ByteBuffer content = ByteBuffer.wrap(bytes);
          Optional<ByteBuffer> exif =
              PngChunks.isPng(content)
                  ? PngChunks.checked(content).exif()
                  : JpegSegments.of(content).exif();
          boolean swapped = orientation(exif).isOnItsSide();
          int width = swapped ? stored.height : stored.width;
          int height = swapped ? stored.width : stored.height;
          return new Dimension(width, height);
        });
  }

  /** What is made of some input. */
  private interface Reading<S, T> {
    T of(S source) throws IOException;
  }

  /** Where the bytes of a file come from. */
  interface Content {
    byte[] bytes() throws IOException;
  }

  private static <T> T read(Path file, Reading<byte[], T> reading) {
    return read(file.toString(), () -> contentOf(file), reading);
  }

  private static byte[] contentOf(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("not a regular file");
    }
    return Files.readAllBytes(file);
  }

  private static <T> T read(String place, Content content, Reading<byte[], T> reading) {
    try {
      return reading.of(content.bytes());
    } catch (IOException | RuntimeException e) {
      // The codecs throw unchecked exceptions of many kinds on damaged files.
      throw new IllegalArgumentException(
          place + ": cannot be read (" + reason(e) + "), allowed: a whole PNG or JPEG image", e);
    }
  }

  private static String reason(Exception error) {
    if (error instanceof NoSuchFileException) {
      return "no such file";
    }
    return error.getMessage() == null ? "damaged" : error.getMessage();
  }

  private static DecodedImage decode(byte[] file, Resizing resizing) throws IOException {
    FileSignature.requirePngOrJpeg(file);
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (PngChunks.isPng(bytes)) {
      PngChunks chunks = PngChunks.checked(bytes);
      DecodedImage image = read(file, resizing, chunks.exif(), OptionalInt.empty());
      chunks.forgottenLevel().ifPresent(level -> makeWhite(image, (byte) level));
      return image;
    }
    JpegSegments segments = JpegSegments.of(bytes);
    int colours = segments.components().limit();
    if (colours == 2) {
      throw new IOException("2 colours");
    }
    OptionalInt print =
        colours == 4 ? OptionalInt.of(segments.adobeTransform().orElse(0)) : OptionalInt.empty();
    return read(segments.withKnownColours(file), resizing, segments.exif(), print);
  }

  private static void makeWhite(DecodedImage image, byte level) {
    byte[] pixels = image.pixels();
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] == level) {
        pixels[i] = (byte) 255;
      }
    }
  }

  private static DecodedImage read(
      byte[] file, Resizing resizing, Optional<ByteBuffer> exif, OptionalInt print)
      throws IOException {
    return open(
        file,
        reader -> {
          int width = reader.getWidth(0);
          int height = reader.getHeight(0);
          requireSize(width, height, resizing.mostPixels());
          int step = step(width, height, resizing.reduction(width, height));
          DecodedImage stored =
              DecodingMemory.within(
                  width + "x" + height + " pixels",
                  file.length + bytesPerPixel(reader) * width * height / ((double) step * step),
                  () -> read(reader, step, print));
          return orientation(exif).applyTo(stored);
        });
  }

  private static Orientation orientation(Optional<ByteBuffer> exif) {
    return exif.map(Orientation::ofExif).orElse(Orientation.UPRIGHT);
  }

  private static <T> T open(byte[] file, Reading<ImageReader, T> reading) throws IOException {
    try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw new IOException("unknown format");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(input, true, true);
        return reading.of(reader);
      } finally {
        reader.dispose();
      }
    }
  }

  private static void requireSize(int width, int height, long mostPixels) throws IOException {
    if (width > MAX_SIDE || height > MAX_SIDE) {
      throw new IOException("%dx%d pixels, a side over %d".formatted(width, height, MAX_SIDE));
    }
    if ((long) width * height > mostPixels) {
      throw new IOException(
          "%dx%d pixels, more than the %d of --max-pixels".formatted(width, height, mostPixels));
    }
  }

  /** Every how many-th row and column is decoded. */
  private static int step(int width, int height, double reduction) {
    int wanted = (int) Math.ceil(Math.sqrt((double) width * height / MANY_PIXELS));
    return Math.max(1, Math.min(wanted, (int) (reduction / 2)));
  }

  /** As decoded and as returned, at least. */
  private static double bytesPerPixel(ImageReader reader) throws IOException {
    ColorModel model = reader.getImageTypes(0).next().getColorModel();
    boolean grey = model.getNumColorComponents() == 1 || model instanceof IndexColorModel;
    return Math.ceil(model.getPixelSize() / 8.0) + (grey ? 1 : 3);
  }

  private static DecodedImage read(ImageReader reader, int step, OptionalInt print)
      throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    ImageReadParam parameters = reader.getDefaultReadParam();
    parameters.setSourceSubsampling(step, step, (step - 1) / 2, (step - 1) / 2);
    DecodedImage image =
        print.isPresent()
            ? PrintColours.toRgb(reader.readRaster(0, parameters), print.getAsInt())
            : DecodedImage.of(reader.read(0, parameters));
    // The JPEG codec fills up missing data with grey and only warns.
    for (String warning : warnings) {
      if (warning.contains("Truncated") || warning.contains("premature end")) {
        throw new IOException(warning);
      }
    }
    return image;
  }
}
