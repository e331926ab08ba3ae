package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files in {@code formats}, which other programs wrote: see {@code make.py} there. */
final class Fixtures {
  private Fixtures() {}

  static byte[] bytes(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("formats/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a file into a folder. */
  static Path copy(String name, Path folder) {
    Path file = folder.resolve(Path.of(name).getFileName());
    TestData.write(file, bytes(name));
    return file;
  }

  /** Unpacks a zip file into a folder. */
  static void unpack(String name, Path folder) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes(name)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        TestData.write(folder.resolve(entry.getName()), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The levels of images that are each of one. */
  static int[] levels(ImageDataset images) {
    int[] levels = new int[images.size()];
    Arrays.setAll(levels, i -> images.pixels(i)[0] & 0xff);
    return levels;
  }

  /** The value of a pixel. */
  static byte value(int image, int channel, int y, int x) {
    return (byte) (40 * image + 20 * channel + 5 * y + x);
  }

  /** The pixels of an image, [C,H,W]. */
  static byte[] pixels(int image, ImageShape shape) {
    byte[] pixels = new byte[ImageDataset.byteCount(shape)];
    int next = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          pixels[next++] = value(image, channel, y, x);
        }
      }
    }
    return pixels;
  }

  /** Checks that a set has these images, and as many as there are labels. */
  static void assertImages(ImageDataset set, int first, int... labels) {
    assertThat(set.labels()).containsExactly(labels);
    for (int i = 0; i < labels.length; i++) {
      assertThat(set.pixels(i)).as("image " + i).isEqualTo(pixels(first + i, set.shape()));
    }
  }

  /** Checks that a data set is refused in one line that says what would be allowed. */
  static void assertRefused(Path path, String wrong) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.load(path.toString()))
        .withMessageStartingWith(wrong)
        .withMessageContaining("allowed: ")
        .withMessageNotContaining("\n");
  }
}
