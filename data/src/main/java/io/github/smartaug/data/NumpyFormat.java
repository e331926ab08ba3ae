package io.github.smartaug.data;

import io.github.smartaug.file.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Arrays of images and of labels, of NumPy: in one .npz file, such as those of MedMNIST and Keras,
 * or in .npy files in a folder. Classes have numbers as names, up to the largest training label.
 *
 * @see NumpyImages
 * @see NumpyLabels
 * @see <a href="https://medmnist.com">MedMNIST</a>
 */
final class NumpyFormat implements DatasetFormat {
  private static final List<Pair> PAIRS =
      List.of(
          new Pair(SetRole.TRAINING, "train_images", "train_labels"),
          new Pair(SetRole.TRAINING, "x_train", "y_train"),
          new Pair(SetRole.TRAINING, "images", "labels"),
          new Pair(SetRole.TRAINING, "x", "y"),
          new Pair(SetRole.VALIDATION, "val_images", "val_labels"),
          new Pair(SetRole.VALIDATION, "x_val", "y_val"),
          new Pair(SetRole.TEST, "test_images", "test_labels"),
          new Pair(SetRole.TEST, "x_test", "y_test"));

  /** How the arrays of a set are called. */
  private record Pair(SetRole role, String images, String labels) {}

  @Override
  public String name() {
    return "numpy";
  }

  @Override
  public String description() {
    return "NumPy's train_images, train_labels, and val_, test_ likewise, in a .npz file (MedMNIST)"
        + " or in .npy files";
  }

  @Override
  public boolean recognizes(Path path) {
    try {
      if (Files.isDirectory(path)
          || (Files.isRegularFile(path) && FileNames.begins(path, "PK\3\4"))) {
        try (NumpyArrays arrays = NumpyArrays.at(path)) {
          return !arrays.names().isEmpty() && (Files.isRegularFile(path) || hasAny(arrays));
        }
      }
      return Files.isRegularFile(path) && Datasets.fileName(path).endsWith(".npz");
    } catch (IOException | IllegalArgumentException e) {
      return Datasets.fileName(path).endsWith(".npz");
    }
  }

  private static boolean hasAny(NumpyArrays arrays) {
    return PAIRS.stream().anyMatch(pair -> arrays.names().contains(pair.images()));
  }

  @Override
  public DatasetBundle read(Path path, Resizing resizing) {
    try (NumpyArrays arrays = NumpyArrays.at(path)) {
      Pair training =
          find(arrays, SetRole.TRAINING)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          path
                              + ": has the arrays "
                              + String.join(", ", arrays.names())
                              + ", allowed: images under one of the names "
                              + PAIRS.stream()
                                  .filter(pair -> pair.role() == SetRole.TRAINING)
                                  .map(Pair::images)
                                  .collect(Collectors.joining(", "))));
      int[] labels = labels(path, arrays, training);
      List<String> classNames = ClassNames.numerals(1 + Arrays.stream(labels).max().orElse(0));
      List<String> notes = new ArrayList<>();
      ImageDataset trained = images(path, arrays, training, labels, classNames, resizing);
      Optional<ImageDataset> validation = Optional.empty();
      Optional<ImageDataset> test = Optional.empty();
      Optional<Pair> validated = find(arrays, SetRole.VALIDATION);
      if (validated.isPresent()) {
        validation = Optional.of(set(path, arrays, validated.get(), classNames, resizing));
      }
      Optional<Pair> tested = find(arrays, SetRole.TEST);
      if (tested.isPresent()) {
        test = Optional.of(set(path, arrays, tested.get(), classNames, resizing));
      }
      return new LabelledSets(trained, validation, test)
          .bundle(FileNames.base(path), "arrays in " + path, "test images", notes::add)
          .withNotes(notes, List.of());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          path + ": cannot be read (" + FileFailure.reason(e) + "), allowed: whole readable arrays",
          e);
    }
  }

  private static Optional<Pair> find(NumpyArrays arrays, SetRole role) {
    return PAIRS.stream()
        .filter(pair -> pair.role() == role && arrays.names().contains(pair.images()))
        .findFirst();
  }

  private static int[] labels(Path path, NumpyArrays arrays, Pair pair) throws IOException {
    if (!arrays.names().contains(pair.labels())) {
      throw new IllegalArgumentException(
          "%s: has %s without %s, allowed: images with labels"
              .formatted(path, pair.images(), pair.labels()));
    }
    try (var array = arrays.open(pair.labels())) {
      return NumpyLabels.read(array);
    }
  }

  private static ImageDataset set(
      Path path, NumpyArrays arrays, Pair pair, List<String> classNames, Resizing resizing)
      throws IOException {
    int[] labels = labels(path, arrays, pair);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= classNames.size()) {
        throw new IllegalArgumentException(
            "%s: %s: label %d is %d, allowed: 0..%d as in training"
                .formatted(path, pair.labels(), i, labels[i], classNames.size() - 1));
      }
    }
    return images(path, arrays, pair, labels, classNames, resizing);
  }

  private static ImageDataset images(
      Path path,
      NumpyArrays arrays,
      Pair pair,
      int[] labels,
      List<String> classNames,
      Resizing resizing)
      throws IOException {
    try (var array = arrays.open(pair.images())) {
      if (array.shape().isEmpty() || array.shape().get(0) != labels.length) {
        throw new IllegalArgumentException(
            "%s: %s has the shape %s, allowed: %d images, one for each of %s"
                .formatted(path, pair.images(), array.shape(), labels.length, pair.labels()));
      }
      return ImageDataset.ofDecoded(
          resizing.applyToAll(NumpyImages.read(array)), classNames, labels);
    }
  }
}
