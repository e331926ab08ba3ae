package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads binary batches of CIFAR-10 and CIFAR-100: records of one label byte, of CIFAR-100 two, and
 * 3072 pixel bytes, the red plane, the green, the blue, row by row. A file has no header.
 */
final class CifarReader {
  /** Where the label of CIFAR-10 is. */
  static final int ONLY_LABEL = 0;

  /** Where the label of CIFAR-100's classes is: behind that of their superclass. */
  static final int FINE_LABEL = 1;

  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final int PIXEL_BYTES = ImageDataset.byteCount(SHAPE);

  private final List<DecodedImage> images = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  private final int labelPosition;
  private final List<String> classNames;

  private CifarReader(int labelPosition, List<String> classNames) {
    this.labelPosition = labelPosition;
    this.classNames = classNames;
  }

  /**
   * The images of all files, one file after another.
   *
   * @param labelPosition how many bytes of a record come before the label, right before the pixels
   */
  static ImageDataset readDataset(
      List<DataFile> files, int labelPosition, List<String> classNames, Resizing resizing) {
    CifarReader reader = new CifarReader(labelPosition, classNames);
    for (DataFile file : files) {
      reader.append(file);
    }
    return ImageDataset.ofDecoded(
        resizing.applyToAll(reader.images),
        classNames,
        reader.labels.stream().mapToInt(Integer::intValue).toArray());
  }

  private void append(DataFile file) {
    int records = file.read(this::parse);
    if (records == 0) {
      throw new IllegalArgumentException(
          file.name() + ": is empty, allowed: records of " + recordBytes() + " bytes");
    }
  }

  private int recordBytes() {
    return labelPosition + 1 + PIXEL_BYTES;
  }

  private int parse(DataInputStream input) throws IOException {
    int record = 0;
    for (int first = input.read(); first >= 0; first = input.read()) {
      int label = labelPosition == 0 ? first : input.readUnsignedByte();
      if (label >= classNames.size()) {
        throw new IllegalArgumentException(
            "record "
                + record
                + " has label "
                + label
                + ", allowed: 0.."
                + (classNames.size() - 1));
      }
      byte[] pixels = input.readNBytes(PIXEL_BYTES);
      if (pixels.length < PIXEL_BYTES) {
        throw new IllegalArgumentException(
            "is cut short in record "
                + record
                + ", allowed: whole records of "
                + recordBytes()
                + " bytes (label, 32x32 red, green, blue)");
      }
      labels.add(label);
      images.add(new DecodedImage(SHAPE, pixels));
      record++;
    }
    return record;
  }
}
