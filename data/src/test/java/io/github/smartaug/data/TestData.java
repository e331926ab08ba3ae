package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Small data sets and files for the tests. */
final class TestData {
  private TestData() {}

  /** Images whose every byte is known: pixel {@code p} of image {@code i} is {@code 31 i + p}. */
  static ImageDataset dataset(ImageShape shape, int... labels) {
    byte[][] images = new byte[labels.length][];
    for (int i = 0; i < labels.length; i++) {
      images[i] = pixels(i, ImageDataset.byteCount(shape));
    }
    int classes = 1 + IntStream.of(labels).max().orElseThrow();
    return ImageDataset.of(shape, ClassNames.numerals(classes), images, labels);
  }

  /** Labels with that many images of class 0, 1, ..., class by class. */
  static int[] labels(int... classCounts) {
    return IntStream.range(0, classCounts.length)
        .flatMap(label -> IntStream.range(0, classCounts[label]).map(i -> label))
        .toArray();
  }

  static byte[] pixels(int image, int count) {
    byte[] pixels = new byte[count];
    for (int p = 0; p < count; p++) {
      pixels[p] = (byte) (31 * image + p);
    }
    return pixels;
  }

  static byte[] idxImages(int magic, int announced, int height, int width, int written) {
    ByteBuffer buffer = ByteBuffer.allocate(16 + written * height * width);
    buffer.putInt(magic).putInt(announced).putInt(height).putInt(width);
    for (int i = 0; i < written; i++) {
      buffer.put(pixels(i, height * width));
    }
    return buffer.array();
  }

  static byte[] idxImages(int count, int height, int width) {
    return idxImages(0x803, count, height, width, count);
  }

  static byte[] idxLabels(int... labels) {
    ByteBuffer buffer = ByteBuffer.allocate(8 + labels.length);
    buffer.putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      buffer.put((byte) label);
    }
    return buffer.array();
  }

  /** CIFAR-10 records with the pixels of images {@code first}, {@code first + 1}, ... */
  static byte[] cifarRecords(int first, int... labels) {
    ByteBuffer buffer = ByteBuffer.allocate(labels.length * 3073);
    for (int i = 0; i < labels.length; i++) {
      buffer.put((byte) labels[i]).put(pixels(first + i, 3072));
    }
    return buffer.array();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An image of one colour, 0xAARRGGBB. */
  static BufferedImage filled(int type, int width, int height, int colour) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour);
      }
    }
    return image;
  }

  /** A grey image of one value, stored exactly (setRGB would convert it). */
  static BufferedImage grey(int width, int height, int value) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, value);
      }
    }
    return image;
  }

  static void write(Path file, String format, BufferedImage image) {
    write(file, encode(format, image));
  }

  static byte[] encode(String format, BufferedImage image) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("no codec for " + format);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
