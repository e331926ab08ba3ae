package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.data.NumpyPickle.PickledArray;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.input.PickledValues.Container;
import io.github.smartaug.tensor.MemoryNeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the pickles of CIFAR's Python version: dictionaries of {@code data}, [N,3072] unsigned
 * bytes, each row the red, the green and the blue plane of an image, and of lists of labels.
 */
final class CifarPickles {
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);

  private CifarPickles() {}

  /** Whether a file begins as a pickle. */
  static boolean isPickle(Path file) {
    try {
      return Files.isRegularFile(file) && FileNames.begins(file, "\u0080");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The images of all files, one file after another.
   *
   * @param labelKey under which the labels are
   * @throws IllegalArgumentException that names the file if one is not as described
   */
  static ImageDataset readDataset(
      List<Path> files, String labelKey, List<String> classNames, Resizing resizing) {
    List<DecodedImage> images = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Path file : files) {
      read(file, content -> append(content, labelKey, classNames.size(), images, labels));
    }
    return ImageDataset.ofDecoded(
        resizing.applyToAll(images),
        classNames,
        labels.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The list of texts under a key. */
  static List<String> readNames(Path file, String key) {
    return read(file, content -> list(content, key).stream().map(NumpyPickle::text).toList());
  }

  private static <T> T read(Path file, Function<Map<String, Object>, T> reading) {
    try {
      // The file, and what is made of it.
      MemoryNeed.requireOfHeap(file.toString(), 2.0 * Files.size(file));
      return reading.apply(NumpyPickle.dictionary(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + ": cannot be read (" + FileFailure.reason(e) + "), allowed: a readable file", e);
    } catch (IllegalArgumentException e) {
      String message = file + ": " + e.getMessage();
      throw new IllegalArgumentException(
          message.contains("allowed: ")
              ? message
              : message + ", allowed: a pickle of arrays, lists, numbers and texts",
          e);
    }
  }

  private static List<Object> list(Map<String, Object> content, String key) {
    if (!(content.get(key) instanceof Container list) || list.isDictionary()) {
      throw new IllegalArgumentException(
          "has no list " + key + " but " + content.keySet() + ", allowed: one");
    }
    return list.values();
  }

  private static int append(
      Map<String, Object> content,
      String labelKey,
      int classes,
      List<DecodedImage> images,
      List<Integer> labels) {
    List<Object> numbers = list(content, labelKey);
    PickledArray data = images(content, numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      if (!(numbers.get(i) instanceof Long label) || label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "label %d is %s, allowed: 0..%d"
                .formatted(i, NumpyPickle.text(numbers.get(i)), classes - 1));
      }
      labels.add(label.intValue());
      images.add(new DecodedImage(SHAPE, pixels(data, i, numbers.size())));
    }
    return images.size();
  }

  private static PickledArray images(Map<String, Object> content, int count) {
    int pixels = ImageDataset.byteCount(SHAPE);
    if (!(content.get("data") instanceof PickledArray array)) {
      throw new IllegalArgumentException(
          "has no array data but " + content.keySet() + ", allowed: one");
    }
    if (!array.type().equals("u1")
        || count == 0
        || !array.shape().equals(List.of((long) count, (long) pixels))
        || array.data().length() != (long) count * pixels) {
      throw new IllegalArgumentException(
          "data has %d bytes, the type %s and the shape %s, allowed: u1, [%d, %d] for its labels"
              .formatted(array.data().length(), array.type(), array.shape(), count, pixels));
    }
    return array;
  }

  private static byte[] pixels(PickledArray data, int image, int count) {
    byte[] pixels = new byte[ImageDataset.byteCount(SHAPE)];
    if (data.isColumnByColumn()) {
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = data.data().at(i * count + image);
      }
    } else {
      data.data().copy(image * pixels.length, pixels);
    }
    return pixels;
  }
}
