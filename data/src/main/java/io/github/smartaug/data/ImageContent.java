package io.github.smartaug.data;

import java.awt.Dimension;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * The content of an image file, whose parts have been looked at. What differs between formats is in
 * the classes that extend this one.
 */
abstract class ImageContent {
  /** The most pixels of a side, as many as a JPEG can have. */
  private static final int MAX_SIDE = 65_535;

  /** Images with more are decoded by every second, third... pixel if they will be much smaller. */
  private static final long MANY_PIXELS = 16_000_000;

  private final byte[] file;
  private final Orientation orientation;

  /**
   * An image.
   *
   * @param file as the codec takes it
   * @param exif what the file says of how the camera was held, and the like
   */
  ImageContent(byte[] file, Optional<ByteBuffer> exif) {
    this.file = file;
    this.orientation = exif.map(Orientation::ofExif).orElse(Orientation.UPRIGHT);
  }

  /**
   * Looks at a file, whose format its first bytes say.
   *
   * @throws IOException if it is of another format, or parts of it are missing or damaged
   */
  static ImageContent of(byte[] file) throws IOException {
    ImageFormat format = ImageFormat.ofContent(file).orElseThrow(() -> FileSignature.refusal(file));
    return switch (format) {
      case PNG -> PngImage.of(file);
      case JPEG -> JpegImage.of(file);
      case BMP -> BmpImage.of(file);
      case GIF -> GifImage.of(file);
      case TIFF -> TiffImage.of(file);
      case WEBP -> WebpImage.of(file);
    };
  }

  /** A new codec. */
  abstract ImageReader codec();

  /** The codec of that name that comes with Java. */
  static ImageReader javaCodec(String name) {
    return ImageIO.getImageReadersByFormatName(name).next();
  }

  /** Width and height as they are stored. */
  Dimension storedSize(ImageReader reader) throws IOException {
    return new Dimension(reader.getWidth(0), reader.getHeight(0));
  }

  /** Whether the codec saves memory where rows and columns are left out. */
  boolean canLeaveOutRows() {
    return true;
  }

  /** Memory that a pixel needs, as decoded and as returned, at least. */
  double bytesPerPixel(ImageReader reader) throws IOException {
    ColorModel model = reader.getImageTypes(0).next().getColorModel();
    boolean grey = model.getNumColorComponents() == 1 || model instanceof IndexColorModel;
    return Math.ceil(model.getPixelSize() / 8.0) + (grey ? 1 : 3);
  }

  /** Decodes the pixels as they are stored. */
  DecodedImage pixels(ImageReader reader, ImageReadParam parameters) throws IOException {
    return DecodedImage.of(reader.read(0, parameters));
  }

  /** Width and height, upright; no pixel is decoded. */
  final Dimension size() throws IOException {
    Dimension stored = open(this::storedSize);
    return orientation.isOnItsSide() ? new Dimension(stored.height, stored.width) : stored;
  }

  /**
   * Decodes the pixels and turns them upright; they are not resized, but rows and columns may be
   * left out.
   *
   * @throws IOException if the file is damaged, or has more pixels than allowed
   */
  final DecodedImage decode(Resizing resizing) throws IOException {
    return open(
        reader -> {
          Dimension size = storedSize(reader);
          requireSize(size.width, size.height, resizing.mostPixels());
          int step =
              canLeaveOutRows()
                  ? step(size.width, size.height, resizing.reduction(size.width, size.height))
                  : 1;
          DecodedImage stored =
              DecodingMemory.within(
                  size.width + "x" + size.height + " pixels",
                  file.length
                      + bytesPerPixel(reader) * size.width * size.height / ((double) step * step),
                  () -> read(reader, step));
          return orientation.applyTo(stored);
        });
  }

  /** What is done with a codec. */
  private interface Reading<T> {
    T of(ImageReader reader) throws IOException;
  }

  private <T> T open(Reading<T> reading) throws IOException {
    ImageReader reader = codec();
    try (ImageInputStream input = new ArrayInputStream(file)) {
      reader.setInput(input, true, true);
      return reading.of(reader);
    } finally {
      reader.dispose();
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

  private DecodedImage read(ImageReader reader, int step) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    ImageReadParam parameters = reader.getDefaultReadParam();
    parameters.setSourceSubsampling(step, step, (step - 1) / 2, (step - 1) / 2);
    DecodedImage image = pixels(reader, parameters);
    // The JPEG codec fills up missing data with grey and only warns.
    for (String warning : warnings) {
      if (warning.contains("Truncated") || warning.contains("premature end")) {
        throw new IOException(warning);
      }
    }
    return image;
  }
}
