package io.github.smartaug.data;

import io.github.smartaug.registry.Registry;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The data sets by name, and in folders and files.
 *
 * <p>Names: {@value EmbeddedDataset#NAME}, which is part of the library. Folders and files are
 * recognised by what they hold: {@link DatasetFormats} lists the formats.
 *
 * <p>Where a format has no test images, a fifth of the training images, always the same ones, drawn
 * class by class, is held out as the test set.
 */
public final class Datasets {
  private static final Registry<NamedDataset> REGISTRY =
      new Registry<>("data set", NamedDataset.class, List.of(new EmbeddedDataset()));

  private Datasets() {}

  /** All names. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All entries. */
  public static List<NamedDataset> entries() {
    return REGISTRY.entries();
  }

  /**
   * The data set of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static NamedDataset named(String name) {
    return REGISTRY.named(name);
  }

  /**
   * Adds a data set, for all of this process.
   *
   * @throws IllegalArgumentException if its name is taken
   */
  public static void register(NamedDataset dataset) {
    REGISTRY.register(dataset);
  }

  /**
   * Takes back a data set that was registered.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is built in
   */
  public static void unregister(String name) {
    REGISTRY.unregister(name);
  }

  /**
   * Reads a data set with its images as they are.
   *
   * @param nameOrPath one of {@link #names()}, or the path of a folder or file
   * @throws IllegalArgumentException if there is no such data set, or a file is missing, cut short,
   *     damaged, or holds an image of another size than the others; the message names the file
   */
  public static DatasetBundle load(String nameOrPath) {
    return load(nameOrPath, Resizing.NONE, BadImages.REFUSE);
  }

  /**
   * Reads a data set and brings all images to {@code imageSize x imageSize} pixels: bilinear, with
   * an average over the pixels beneath when shrinking; a change of the aspect ratio stretches.
   *
   * @param nameOrPath one of {@link #names()}, or the path of a folder or file
   * @param imageSize height and width, from 1 to 4096
   * @throws IllegalArgumentException as {@link #load(String)}
   */
  public static DatasetBundle load(String nameOrPath, int imageSize) {
    return load(nameOrPath, Resizing.toSquare(imageSize), BadImages.REFUSE);
  }

  /**
   * Reads a data set.
   *
   * @param nameOrPath one of {@link #names()}, or the path of a folder or file
   * @param resizing applied to every image
   * @param badImages whether images that cannot be read are left out
   * @throws IllegalArgumentException as {@link #load(String)}
   */
  public static DatasetBundle load(String nameOrPath, Resizing resizing, BadImages badImages) {
    return load(nameOrPath, resizing, badImages, LoaderOptions.defaults());
  }

  /**
   * Reads a data set.
   *
   * @param nameOrPath one of {@link #names()}, or the path of a folder or file
   * @param resizing applied to every image
   * @param badImages whether images that cannot be read are left out
   * @param options whether images are held in memory, and how they are loaded otherwise
   * @throws IllegalArgumentException as {@link #load(String)}
   */
  public static DatasetBundle load(
      String nameOrPath, Resizing resizing, BadImages badImages, LoaderOptions options) {
    Optional<NamedDataset> named = REGISTRY.find(nameOrPath);
    if (named.isPresent()) {
      return fitted(resizing, options, named.get()::read);
    }
    Path path =
        path(nameOrPath)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "data set: \"%s\", allowed: %s, a folder or file"
                            .formatted(nameOrPath, String.join(", ", names()))));
    DatasetFormat format = DatasetFormats.of(path);
    return format instanceof StreamedFormat
        ? format.read(path, resizing, badImages, options).withFit(resizing.fit())
        : fitted(resizing, options, size -> format.read(path, size, badImages, options));
  }

  /** Of images that are held: their originals are, if training is to see another part each time. */
  private static DatasetBundle fitted(
      Resizing resizing, LoaderOptions options, Function<Resizing, DatasetBundle> reader) {
    if (resizing.fit() != ImageFit.RANDOM_CROP) {
      return reader.apply(resizing).withFit(resizing.fit());
    }
    return reader
        .apply(Resizing.NONE.acceptingUpTo(resizing.mostPixels()))
        .resizedBy(new ImageStream(resizing, options))
        .withFit(resizing.fit());
  }

  /**
   * The folder or file that a text is the path of, absolute; empty if there is none. Several files
   * may be written as one path, {@code images-{000..009}.tar}: if the first of them is there.
   */
  public static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text))
          .filter(path -> !text.isBlank() && Files.exists(ShardPattern.of(path).first()))
          .map(path -> path.toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Last part of a path; of the root, the path itself. */
  static String fileName(Path path) {
    Path last = path.getFileName();
    return last == null ? path.toString() : last.toString();
  }
}
