package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads binary batches of CIFAR-10: records of one label byte and 3072 pixel bytes, the red plane,
 * the green, the blue, row by row. A file has no header.
 */
final class CifarReader {
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final int PIXEL_BYTES = ImageDataset.byteCount(SHAPE);

  private final List<DecodedImage> images = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  private CifarReader() {}

  /** The images of all files, one file after another. */
  static ImageDataset readDataset(List<DataFile> files, Resizing resizing) {
    CifarReader reader = new CifarReader();
    for (DataFile file : files) {
      reader.append(file);
    }
    return ImageDataset.ofDecoded(
        resizing.applyToAll(reader.images),
        ClassNames.CIFAR_10,
        reader.labels.stream().mapToInt(Integer::intValue).toArray());
  }

  private void append(DataFile file) {
    int records = file.read(this::parse);
    if (records == 0) {
      throw new IllegalArgumentException(
          file.name() + ": is empty, allowed: records of " + (1 + PIXEL_BYTES) + " bytes");
    }
  }

  private int parse(DataInputStream input) throws IOException {
    int record = 0;
    for (int label = input.read(); label >= 0; label = input.read()) {
      if (label >= ClassNames.CIFAR_10.size()) {
        throw new IllegalArgumentException(
            "record "
                + record
                + " has label "
                + label
                + ", allowed: 0.."
                + (ClassNames.CIFAR_10.size() - 1));
      }
      byte[] pixels = input.readNBytes(PIXEL_BYTES);
      if (pixels.length < PIXEL_BYTES) {
        throw new IllegalArgumentException(
            "is cut short in record "
                + record
                + ", allowed: whole records of "
                + (1 + PIXEL_BYTES)
                + " bytes (label, 32x32 red, green, blue)");
      }
      labels.add(label);
      images.add(new DecodedImage(SHAPE, pixels));
      record++;
    }
    return record;
  }
}
