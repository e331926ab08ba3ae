package io.github.smartaug.data;

import java.awt.Dimension;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads image files of every {@link ImageFormat}, which their content says, whatever their names;
 * others are refused by their format.
 *
 * <p>An image that is stored grey (or with a palette of greys) gets one channel, any other three,
 * in the levels of {@link io.github.smartaug.batch.PicturePixels}: transparency is laid over white,
 * 16-bit values are scaled to 8, colour profiles are not applied, as usual when training
 * classifiers. Colours of print become red, green and blue. Pixels are turned upright as Exif data
 * or the orientation of a TIFF say. Of an animation the first picture is read, of an animated PNG
 * that which programs show which know no animation, of a TIFF the first page.
 *
 * <p>The size that a file states is looked at before its pixels are decoded.
 */
public final class ImageDecoder {
  /** The most pixels of an image, if nothing else is said. */
  public static final long MAX_PIXELS = 50_000_000;

  /** The most that may be said: four bytes each fill one of Java's arrays. */
  public static final long MOST_PIXELS_EVER = 500_000_000;

  private ImageDecoder() {}

  /** Decodes one file of at most {@link #MAX_PIXELS}, as {@link #decode(Path, Resizing)}. */
  public static DecodedImage decode(Path file) {
    return decode(file, Resizing.NONE);
  }

  /**
   * Decodes and resizes one file. Where images of more than 16 million pixels end with less than
   * half of the sides, rows and columns are left out while decoding, but at least twice the pixels
   * of each side remain; GIF and WebP are always decoded whole.
   *
   * @throws IllegalArgumentException if the file cannot be read, is cut short or damaged, states
   *     more pixels than allowed, or needs more memory than Java has
   */
  public static DecodedImage decode(Path file, Resizing resizing) {
    return read(file.toString(), () -> contentOf(file), image -> decoded(image, resizing));
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
    return read(place, content, image -> decoded(image, resizing));
  }

  private static DecodedImage decoded(ImageContent image, Resizing resizing) throws IOException {
    return resizing.apply(image.decode(resizing));
  }

  /**
   * Width and height of the image in a file, upright; no pixel is decoded.
   *
   * @throws IllegalArgumentException if the file cannot be read, or is cut short or damaged
   */
  public static Dimension size(Path file) {
    return read(file.toString(), () -> contentOf(file), ImageContent::size);
  }

  /** What is made of an image. */
  private interface Reading<T> {
    T of(ImageContent image) throws IOException;
  }

  /** Where the bytes of a file come from. */
  interface Content {
    byte[] bytes() throws IOException;
  }

  private static byte[] contentOf(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("not a regular file");
    }
    return Files.readAllBytes(file);
  }

  private static <T> T read(String place, Content content, Reading<T> reading) {
    try {
      return reading.of(ImageContent.of(content.bytes()));
    } catch (IOException | RuntimeException e) {
      // The codecs throw unchecked exceptions of many kinds on damaged files.
      throw new IllegalArgumentException(
          place
              + ": cannot be read ("
              + reason(e)
              + "), allowed: a whole "
              + ImageFormat.titles()
              + " image",
          e);
    }
  }

  private static String reason(Exception error) {
    if (error instanceof NoSuchFileException) {
      return "no such file";
    }
    if (error instanceof AccessDeniedException) {
      return "no permission";
    }
    if (error instanceof EOFException) {
      return "cut short";
    }
    // What else the codecs throw says where they stumbled, not what is wrong.
    boolean said = error instanceof IOException || error instanceof IllegalArgumentException;
    return said && error.getMessage() != null ? error.getMessage() : "damaged";
  }
}
