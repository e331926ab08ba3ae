package io.github.smartaug.data.published;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.registry.Registered;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A data set that can be downloaded: an entry of {@link PublishedDatasets}. */
public interface PublishedDataset extends Registered {
  /** By which it is fetched; readers call what they read so, or by one of its aliases, too. */
  @Override
  String name();

  /** The page of its makers. */
  URI home();

  /** The licence in a few words, {@code not stated} if the makers name none. */
  String licence();

  /** What is in it. */
  Contents contents();

  /** The files to download, at least one; exactly one, an archive, if there is an unpacking. */
  List<PublishedFile> files();

  /** How its archive becomes the folder; without an unpacking, the files are the folder. */
  default Optional<Unpacking> unpacking() {
    return Optional.empty();
  }

  /**
   * How much is in a data set.
   *
   * @param classes number of classes
   * @param shape of every image
   * @param training number of training images
   * @param validation number of validation images; 0 if there is no such set
   * @param test number of test images
   */
  record Contents(int classes, ImageShape shape, int training, int validation, int test) {
    /** Number of all images. */
    public int images() {
      return training + validation + test;
    }
  }

  /** Bytes to download; empty if one of the sizes is not published. */
  default Optional<Long> bytes() {
    return files().stream().allMatch(file -> file.bytes() > 0)
        ? Optional.of(files().stream().mapToLong(PublishedFile::bytes).sum())
        : Optional.empty();
  }

  /** Whether a folder has all the files, as far as names and published sizes say. */
  default boolean isIn(Path folder) {
    return unpacking().isPresent()
        ? unpacking().get().holds().stream().allMatch(f -> Files.isRegularFile(folder.resolve(f)))
        : files().stream().allMatch(file -> hasSize(folder.resolve(file.name()), file.bytes()));
  }

  /**
   * What {@link DatasetReport#fingerprints} gives for the sets that were published: by {@code
   * training} and {@code test}, as far as it is known.
   */
  default Map<String, String> fingerprints() {
    return Map.of();
  }

  /** What a reader takes: the folder, or the only file in it. */
  default Path pathIn(Path folder) {
    return unpacking().isEmpty() && files().size() == 1
        ? folder.resolve(files().get(0).name())
        : folder;
  }

  private static boolean hasSize(Path file, long bytes) {
    try {
      return Files.isRegularFile(file) && (bytes == 0 || Files.size(file) == bytes);
    } catch (IOException e) {
      return false;
    }
  }
}
