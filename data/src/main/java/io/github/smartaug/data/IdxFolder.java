package io.github.smartaug.data;

import io.github.smartaug.file.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The four IDX files of MNIST, Fashion-MNIST and other sets of that format, gzipped or not, under
 * the names of the originals ({@code train-images-idx3-ubyte}) or with a dot ({@code
 * train-images.idx3-ubyte}).
 *
 * <p>MNIST and Fashion-MNIST are told apart by their training labels, so that the folder's name
 * does not matter. KMNIST is known by the name of its folder, or of the one around it. Other sets
 * have numbers as class names, up to the largest training label.
 */
final class IdxFolder implements DatasetFormat {
  private static final String TRAINING_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAINING_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private static final String KMNIST = "kmnist";

  /** A published set, by the SHA-256 of its training labels, one byte each. */
  private record Known(String name, List<String> classNames, String trainingLabelsHash) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "mnist",
              ClassNames.numerals(10),
              "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13"),
          new Known(
              "fashion-mnist",
              ClassNames.FASHION_MNIST,
              "657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7"));

  @Override
  public String name() {
    return "idx";
  }

  @Override
  public String description() {
    return "IDX files ("
        + String.join(", ", TRAINING_IMAGES, TRAINING_LABELS, TEST_IMAGES, TEST_LABELS)
        + ", with or without .gz)";
  }

  @Override
  public boolean recognizes(Path folder) {
    return Stream.of(TRAINING_IMAGES, TRAINING_LABELS, TEST_IMAGES, TEST_LABELS)
        .anyMatch(name -> find(folder, name).isPresent());
  }

  @Override
  public DatasetBundle read(Path folder, Resizing resizing) {
    DataFile trainingImages = require(folder, TRAINING_IMAGES);
    DataFile trainingLabels = require(folder, TRAINING_LABELS);
    DataFile testImages = require(folder, TEST_IMAGES);
    DataFile testLabels = require(folder, TEST_LABELS);
    Known known = identify(folder, IdxReader.readLabels(trainingLabels));
    List<String> classNames = known.classNames();
    return DatasetBundle.of(
        known.name(),
        "IDX files in " + folder,
        IdxReader.readDataset(trainingImages, trainingLabels, classNames, resizing),
        IdxReader.readDataset(testImages, testLabels, classNames, resizing));
  }

  private static Known identify(Path folder, int[] trainingLabels) {
    String hash = hash(trainingLabels);
    int classes = 1 + Arrays.stream(trainingLabels).max().orElseThrow();
    return KNOWN.stream()
        .filter(known -> known.trainingLabelsHash().equals(hash))
        .findFirst()
        .orElseGet(
            () ->
                classes == ClassNames.KMNIST.size() && isNamedKmnist(folder)
                    ? new Known(KMNIST, ClassNames.KMNIST, hash)
                    : new Known(Datasets.fileName(folder), ClassNames.numerals(classes), hash));
  }

  /** The folder itself, or, as torchvision has it, {@code KMNIST/raw}. */
  private static boolean isNamedKmnist(Path folder) {
    return Stream.of(folder, folder.toAbsolutePath().getParent())
        .filter(Objects::nonNull)
        .anyMatch(one -> Datasets.fileName(one).toLowerCase(Locale.ROOT).equals(KMNIST));
  }

  private static String hash(int[] labels) {
    MessageDigest digest = Sha256.digest();
    for (int label : labels) {
      digest.update((byte) label);
    }
    return Sha256.hexadecimal(digest);
  }

  private DataFile require(Path folder, String name) {
    return find(folder, name)
        .map(DataFile::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    folder.resolve(name)
                        + ": is missing, allowed: a folder with the "
                        + description()));
  }

  private static Optional<Path> find(Path folder, String name) {
    String dotted = name.replace("-idx", ".idx");
    return Stream.of(name, name + ".gz", dotted, dotted + ".gz")
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
