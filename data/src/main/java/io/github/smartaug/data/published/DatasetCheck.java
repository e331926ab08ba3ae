package io.github.smartaug.data.published;

import io.github.smartaug.data.BadImages;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.ImageDataset;
import io.github.smartaug.data.ImageFingerprints;
import io.github.smartaug.data.published.DatasetReport.ClassCount;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads a data set of any format to its last pixel and says whether it is whole: images that cannot
 * be read, images that are there twice, images of each class and size; and of a published set,
 * whether it is what was published.
 *
 * <p>Of an image only a hash of 32 bytes stays in memory, so that a folder of images may be larger.
 */
public final class DatasetCheck {
  private static final HexFormat HEXADECIMAL = HexFormat.of();

  private final Path path;
  private final DatasetBundle bundle;
  private final ImageFingerprints fingerprints;
  private final List<String> problems = new ArrayList<>();

  private DatasetCheck(Path path, DatasetBundle bundle, ImageFingerprints fingerprints) {
    this.path = path;
    this.bundle = bundle;
    this.fingerprints = fingerprints;
  }

  /**
   * Checks a data set.
   *
   * @param path a folder or file
   * @param mostPixels that an image may have
   * @param onImage is called for every image that was read, by several threads
   * @throws IllegalArgumentException if it cannot be read as a data set at all; the message says
   *     why
   * @throws IOException if a file cannot be read again for its checksum
   */
  public static DatasetReport check(Path path, long mostPixels, Runnable onImage)
      throws IOException {
    ImageFingerprints fingerprints = new ImageFingerprints(mostPixels, onImage);
    DatasetBundle bundle = Datasets.load(path.toString(), fingerprints, BadImages.LEAVE_OUT);
    return new DatasetCheck(path, bundle, fingerprints).report();
  }

  /** The published set whose files a folder has, as far as their names and sizes say. */
  public static Optional<PublishedDataset> publishedIn(Path path) {
    return PublishedDatasets.entries().stream()
        .filter(set -> set.isIn(folderOf(path)))
        .max(Comparator.comparingInt(set -> set.files().size()));
  }

  private static Path folderOf(Path path) {
    return Files.isRegularFile(path)
        ? Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file has a folder")
        : path;
  }

  private DatasetReport report() throws IOException {
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put("training", fingerprint(bundle.training()));
    bundle.validation().ifPresent(set -> hashes.put("validation", fingerprint(set)));
    hashes.put("test", fingerprint(bundle.test()));
    Duplicates duplicates = Duplicates.among(bundle.training(), bundle.validation(), bundle.test());
    if (!bundle.unreadable().isEmpty()) {
      problems.add(
          bundle.unreadable().size() == 1
              ? "1 image cannot be read"
              : bundle.unreadable().size() + " images cannot be read");
    }
    Optional<PublishedDataset> published = published();
    boolean asPublished = published.isPresent() && isAsPublished(published.get(), hashes);
    if (published.isPresent() && !asPublished) {
      compareFiles(published.get());
    }
    if (duplicates.leaks() > 0 && !asPublished) {
      problems.add(
          "%d validation or test images are training images, too".formatted(duplicates.leaks()));
    }
    List<ClassCount> classes = classes();
    classes.stream()
        .filter(one -> one.training() == 0)
        .forEach(one -> problems.add("the class " + one.name() + " has no training images"));
    return new DatasetReport(
        bundle.name(),
        bundle.provenance(),
        bundle.notes(),
        fingerprints.shapes(),
        classes,
        bundle.unreadable(),
        duplicates,
        published.map(PublishedDataset::name),
        asPublished,
        hashes,
        problems);
  }

  /** The same for the same images with the same labels, whatever their order and their format. */
  private static String fingerprint(ImageDataset images) {
    MessageDigest digest = Sha256.digest();
    IntStream.range(0, images.size())
        .mapToObj(
            i -> "%s %d\n".formatted(HEXADECIMAL.formatHex(images.pixels(i)), images.label(i)))
        .sorted()
        .forEach(line -> digest.update(Sha256.utf8(line)));
    return Sha256.hexadecimal(digest);
  }

  /** By the name that the reader gives; of two with the same files, the one with more of them. */
  private Optional<PublishedDataset> published() {
    Optional<PublishedDataset> named =
        PublishedDatasets.entries().stream().filter(set -> set.isNamed(bundle.name())).findFirst();
    return named.map(
        set ->
            publishedIn(path)
                .filter(larger -> larger.files().containsAll(set.files()))
                .orElse(set));
  }

  /** Compares counts, and then pixels and labels if they are known; true if all are equal. */
  private boolean isAsPublished(PublishedDataset set, Map<String, String> hashes) {
    PublishedDataset.Contents contents = set.contents();
    compare("classes", contents.classes(), bundle.classNames().size());
    compare("training images", contents.training(), bundle.training().size());
    compare("validation images", contents.validation(), validation());
    compare("test images", contents.test(), bundle.test().size());
    Map<String, Long> shapes = fingerprints.shapes();
    String expected = contents.shape().toString();
    if (!shapes.keySet().equals(Set.of(expected))) {
      problems.add(
          "images are %s, allowed: %s as published"
              .formatted(String.join(", ", shapes.keySet()), expected));
    }
    boolean equal = !set.fingerprints().isEmpty();
    for (Map.Entry<String, String> known : set.fingerprints().entrySet()) {
      if (!known.getValue().equals(hashes.get(known.getKey()))) {
        equal = false;
        problems.add(
            "pixels or labels of the %s images are not those that were published"
                .formatted(known.getKey()));
      }
    }
    return equal;
  }

  private int validation() {
    return bundle.validation().map(ImageDataset::size).orElse(0);
  }

  private void compare(String what, int published, int found) {
    if (found != published) {
      problems.add("%d %s, allowed: %d as published".formatted(found, what, published));
    }
  }

  /** Those files that are here as they were downloaded. */
  private void compareFiles(PublishedDataset set) throws IOException {
    for (PublishedFile file : set.files()) {
      Path here = folderOf(path).resolve(file.name());
      if (Files.isRegularFile(here) && !checksum(file, here).equals(file.checksum())) {
        problems.add(
            "%s has another checksum than the published %s".formatted(here, file.checksum()));
      }
    }
  }

  private static Checksum checksum(PublishedFile file, Path here) throws IOException {
    try {
      return file.checksum().of(here);
    } catch (IOException e) {
      throw new IOException(here + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  private List<ClassCount> classes() {
    int[] training = bundle.training().classCounts();
    int[] validation =
        bundle.validation().map(ImageDataset::classCounts).orElse(new int[training.length]);
    int[] test = bundle.test().classCounts();
    return IntStream.range(0, training.length)
        .mapToObj(
            i -> new ClassCount(bundle.classNames().get(i), training[i], validation[i], test[i]))
        .toList();
  }
}
