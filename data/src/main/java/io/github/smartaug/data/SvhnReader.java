package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.MemoryNeed;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads images of digits from a MAT-file: {@code X} is [H,W,C,N] of unsigned bytes, {@code y} has N
 * labels, 1 to 9 for these digits and 10 for 0.
 */
final class SvhnReader {
  private static final int DIGITS = 10;
  private static final int IMAGE_DIMENSIONS = 3;
  private static final int LARGEST_SIDE = 1 << 14;

  private final List<DecodedImage> images;
  private final List<Integer> labels;
  private int newImages;
  private int newLabels;

  private SvhnReader(List<DecodedImage> images, List<Integer> labels) {
    this.images = images;
    this.labels = labels;
  }

  /** The images of all files, one file after another. */
  static ImageDataset readDataset(List<DataFile> files, Resizing resizing) {
    List<DecodedImage> images = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (DataFile file : files) {
      file.read(input -> new SvhnReader(images, labels).parse(input));
    }
    return ImageDataset.ofDecoded(
        resizing.applyToAll(images),
        ClassNames.numerals(DIGITS),
        labels.stream().mapToInt(Integer::intValue).toArray());
  }

  private int parse(DataInputStream input) throws IOException {
    MatFile.read(input, this::visit);
    if (newImages == 0 || newImages != newLabels) {
      throw new IllegalArgumentException(
          "has %d images in X and %d labels in y, allowed: as many of both"
              .formatted(newImages, newLabels));
    }
    return newImages;
  }

  private void visit(String name, MatArray array) throws IOException {
    if (name.equals("X") && newImages == 0) {
      newImages = readImages(array);
    } else if (name.equals("y") && newLabels == 0) {
      newLabels = readLabels(array);
    }
  }

  private int readImages(MatArray array) throws IOException {
    List<Integer> sizes = array.sizes();
    // MATLAB leaves out a last size of 1.
    int count = sizes.size() == IMAGE_DIMENSIONS ? 1 : sizes.get(sizes.size() - 1);
    boolean fits =
        (sizes.size() == IMAGE_DIMENSIONS || sizes.size() == IMAGE_DIMENSIONS + 1)
            && array.hasUnsignedBytes()
            && (sizes.get(2) == 1 || sizes.get(2) == 3)
            && isSide(sizes.get(0))
            && isSide(sizes.get(1));
    if (!fits) {
      throw new IllegalArgumentException(
          "has the sizes "
              + sizes
              + (array.hasUnsignedBytes() ? "" : " and no unsigned bytes")
              + ", allowed: unsigned bytes [H,W,C,N] with 1 or 3 channels C");
    }
    ImageShape shape = new ImageShape(sizes.get(2), sizes.get(0), sizes.get(1));
    int imageBytes = ImageDataset.byteCount(shape);
    MemoryNeed.requireOfHeap(
        (images.size() + count) + " images of " + shape,
        ((double) images.size() + count) * imageBytes);
    for (int i = 0; i < count; i++) {
      images.add(new DecodedImage(shape, Planes.transposed(array.bytes(imageBytes), shape)));
    }
    return count;
  }

  private static boolean isSide(int size) {
    return size >= 1 && size <= LARGEST_SIDE;
  }

  private int readLabels(MatArray array) throws IOException {
    int count = array.sizes().stream().reduce(1, Math::multiplyExact);
    for (int i = 0; i < count; i++) {
      double label = array.number();
      if (label != Math.rint(label) || label < 0 || label > DIGITS) {
        throw new IllegalArgumentException(
            "label " + i + " is " + label + ", allowed: 1..9, and 10 or 0 for 0");
      }
      labels.add((int) label % DIGITS);
    }
    return count;
  }
}
