package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the two kinds of IDX files that MNIST and its likes come in: big-endian numbers, a magic
 * number that gives type and dimensions, the sizes, then the unsigned bytes.
 *
 * @see <a href="https://github.com/cvdfoundation/mnist">format and original files</a>
 */
final class IdxReader {
  /** Unsigned bytes, three dimensions: image, row, column. */
  private static final int IMAGES_MAGIC = 0x00000803;

  /** Unsigned bytes, one dimension. */
  private static final int LABELS_MAGIC = 0x00000801;

  private static final int LARGEST_SIDE = 1 << 14;

  private IdxReader() {}

  /**
   * The data set of a file of images and a file of their labels.
   *
   * @throws IllegalArgumentException if a file is missing or damaged, the files differ in length,
   *     or a label has no class name
   */
  static ImageDataset readDataset(
      DataFile imageFile, DataFile labelFile, List<String> classNames, Resizing resizing) {
    int[] labels = readLabels(labelFile);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= classNames.size()) {
        throw new IllegalArgumentException(
            labelFile.name()
                + ": label "
                + i
                + " is "
                + labels[i]
                + ", allowed: 0.."
                + (classNames.size() - 1));
      }
    }
    List<DecodedImage> images = readImages(imageFile);
    if (images.size() != labels.length) {
      throw new IllegalArgumentException(
          labelFile.name()
              + ": has "
              + labels.length
              + " labels, allowed: "
              + images.size()
              + ", one for each image of "
              + imageFile.name());
    }
    return ImageDataset.ofDecoded(resizing.applyToAll(images), classNames, labels);
  }

  /** Grey images, in the file's order. */
  static List<DecodedImage> readImages(DataFile file) {
    return file.read(IdxReader::parseImages);
  }

  /** Labels 0..255, in the file's order. */
  static int[] readLabels(DataFile file) {
    return file.read(IdxReader::parseLabels);
  }

  private static List<DecodedImage> parseImages(DataInputStream input) throws IOException {
    requireMagic(input, IMAGES_MAGIC, "images as unsigned bytes");
    int count = positive(input.readInt(), "number of images", Integer.MAX_VALUE);
    int height = positive(input.readInt(), "number of rows", LARGEST_SIDE);
    int width = positive(input.readInt(), "number of columns", LARGEST_SIDE);
    ImageShape shape = new ImageShape(1, height, width);
    List<DecodedImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] pixels = input.readNBytes(ImageDataset.byteCount(shape));
      if (pixels.length < ImageDataset.byteCount(shape)) {
        throw new IllegalArgumentException(
            "is cut short in image "
                + i
                + ", allowed: the "
                + count
                + " images that its header announces");
      }
      images.add(new DecodedImage(shape, pixels));
    }
    return images;
  }

  private static int[] parseLabels(DataInputStream input) throws IOException {
    requireMagic(input, LABELS_MAGIC, "labels as unsigned bytes");
    int count = positive(input.readInt(), "number of labels", Integer.MAX_VALUE);
    byte[] bytes = input.readNBytes(count);
    if (bytes.length < count) {
      throw new IllegalArgumentException(
          "is cut short in label "
              + bytes.length
              + ", allowed: the "
              + count
              + " labels that its header announces");
    }
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = Byte.toUnsignedInt(bytes[i]);
    }
    return labels;
  }

  private static void requireMagic(DataInputStream input, int wanted, String meaning)
      throws IOException {
    int magic = input.readInt();
    if (magic != wanted) {
      throw new IllegalArgumentException(
          String.format(
              "starts with 0x%08x, allowed: 0x%08x (an IDX file of %s)", magic, wanted, meaning));
    }
  }

  private static int positive(int value, String meaning, int largest) {
    if (value < 1 || value > largest) {
      throw new IllegalArgumentException(
          meaning + " is " + Integer.toUnsignedLong(value) + ", allowed: 1.." + largest);
    }
    return value;
  }
}
