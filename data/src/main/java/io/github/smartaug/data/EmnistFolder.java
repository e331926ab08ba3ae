package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One of the six splits of EMNIST, in IDX files, gzipped or not: {@code
 * emnist-letters-train-images-idx3-ubyte} and its likes, in the folder itself or in {@code gzip} in
 * it, as the archive unpacks. Where several splits are in a folder, the path of one of the files
 * chooses. The images are stored with rows and columns exchanged, and are turned here.
 *
 * @see <a href="https://www.nist.gov/itl/products-and-services/emnist-dataset">original files</a>
 * @see <a href="https://arxiv.org/abs/1702.05373">Cohen, Afshar, Tapson, van Schaik: EMNIST: an
 *     extension of MNIST to handwritten letters, 2017</a>
 */
final class EmnistFolder implements DatasetFormat {
  private static final String UNPACKED = "gzip";
  private static final String LETTERS = "letters";
  private static final Pattern FILE =
      Pattern.compile("emnist-([a-z]+)-(?:train|test)-(?:images-idx3|labels-idx1)-ubyte(?:\\.gz)?");

  private static final String DIGITS = "0123456789";
  private static final String UPPER_CASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER_CASE = UPPER_CASE.toLowerCase(Locale.ROOT);

  /** Lower-case letters that do not look like their upper-case ones. */
  private static final String DISTINCT = "abdefghnqrt";

  private static final Map<String, String> CLASSES =
      Map.of(
          "byclass",
          DIGITS + UPPER_CASE + LOWER_CASE,
          "bymerge",
          DIGITS + UPPER_CASE + DISTINCT,
          "balanced",
          DIGITS + UPPER_CASE + DISTINCT,
          LETTERS,
          LOWER_CASE,
          "digits",
          DIGITS,
          "mnist",
          DIGITS);

  @Override
  public String name() {
    return "emnist";
  }

  @Override
  public String description() {
    return "a split of EMNIST (emnist-letters-train-images-idx3-ubyte.gz and its likes)";
  }

  @Override
  public boolean recognizes(Path path) {
    return Files.isRegularFile(path)
        ? splitOf(path).isPresent()
        : Files.isDirectory(path) && !splitsIn(unpacked(path)).isEmpty();
  }

  private static Path unpacked(Path path) {
    Path inside = path.resolve(UNPACKED);
    return Files.isDirectory(inside) && splitsIn(path).isEmpty() ? inside : path;
  }

  private static Optional<String> splitOf(Path file) {
    Matcher name = FILE.matcher(Datasets.fileName(file));
    return name.matches() && CLASSES.containsKey(name.group(1))
        ? Optional.of(name.group(1))
        : Optional.empty();
  }

  private static List<String> splitsIn(Path folder) {
    Set<String> splits = new TreeSet<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.filter(Files::isRegularFile).forEach(file -> splitOf(file).ifPresent(splits::add));
    } catch (IOException | UncheckedIOException e) {
      splits.clear();
    }
    return List.copyOf(splits);
  }

  @Override
  public DatasetBundle read(Path path, Resizing resizing) {
    boolean chosen = Files.isRegularFile(path);
    Path folder = chosen ? path.getParent() : unpacked(path);
    String split = chosen ? splitOf(path).orElseThrow() : onlySplit(folder);
    return DatasetBundle.of(
        "emnist-" + split,
        "IDX files of EMNIST in " + folder,
        set(folder, split, "train", resizing),
        set(folder, split, "test", resizing));
  }

  private static String onlySplit(Path folder) {
    List<String> splits = splitsIn(folder);
    if (splits.size() > 1) {
      throw new IllegalArgumentException(
          "%s: has the splits %s, allowed: one, or the path of one of its files"
              .formatted(folder, String.join(", ", splits)));
    }
    return splits.get(0);
  }

  private static ImageDataset set(Path folder, String split, String part, Resizing resizing) {
    DataFile labelFile = require(folder, "emnist-" + split + "-" + part + "-labels-idx1-ubyte");
    DataFile imageFile = require(folder, "emnist-" + split + "-" + part + "-images-idx3-ubyte");
    List<String> classes = CLASSES.get(split).chars().mapToObj(Character::toString).toList();
    int first = split.equals(LETTERS) ? 1 : 0;
    int[] labels = IdxReader.readLabels(labelFile);
    for (int i = 0; i < labels.length; i++) {
      labels[i] -= first;
      if (labels[i] < 0 || labels[i] >= classes.size()) {
        throw new IllegalArgumentException(
            "%s: label %d is %d, allowed: %d..%d"
                .formatted(
                    labelFile.name(), i, labels[i] + first, first, classes.size() - 1 + first));
      }
    }
    List<DecodedImage> images =
        IdxReader.readImages(imageFile).stream().map(EmnistFolder::turned).toList();
    if (images.size() != labels.length) {
      throw new IllegalArgumentException(
          "%s: has %d labels, allowed: %d, one for each image of %s"
              .formatted(labelFile.name(), labels.length, images.size(), imageFile.name()));
    }
    return ImageDataset.ofDecoded(resizing.applyToAll(images), classes, labels);
  }

  private static DecodedImage turned(DecodedImage stored) {
    ImageShape shape = stored.shape();
    ImageShape upright = new ImageShape(1, shape.width(), shape.height());
    return new DecodedImage(upright, Planes.transposed(stored.pixels(), upright));
  }

  private static DataFile require(Path folder, String name) {
    return Stream.of(name, name + ".gz")
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .map(DataFile::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    folder.resolve(name)
                        + ": is missing, allowed: images and labels for training and test, with or"
                        + " without .gz"));
  }
}
