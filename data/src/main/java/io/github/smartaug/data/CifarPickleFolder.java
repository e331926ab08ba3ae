package io.github.smartaug.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * CIFAR-10 and CIFAR-100 in Python's version, with the fine labels of the latter, in the folder
 * itself or in the one in it that the archive unpacks to.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">original files</a>
 */
final class CifarPickleFolder implements DatasetFormat {
  private static final List<Variant> VARIANTS =
      List.of(
          new Variant(
              "cifar-10",
              "cifar-10-batches-py",
              IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i).toList(),
              "test_batch",
              "labels",
              "batches.meta",
              "label_names"),
          new Variant(
              "cifar-100",
              "cifar-100-python",
              List.of("train"),
              "test",
              "fine_labels",
              "meta",
              "fine_label_names"));

  /** The files of one of the two sets. */
  private record Variant(
      String name,
      String unpacked,
      List<String> training,
      String test,
      String labels,
      String meta,
      String classNames) {
    Path folder(Path path) {
      Path inside = path.resolve(unpacked);
      return Files.isDirectory(inside) ? inside : path;
    }

    boolean isIn(Path path) {
      return Stream.concat(training.stream(), Stream.of(test))
          .anyMatch(file -> CifarPickles.isPickle(folder(path).resolve(file)));
    }
  }

  @Override
  public String name() {
    return "cifar-python";
  }

  @Override
  public String description() {
    return "CIFAR-10 or CIFAR-100 in Python's version (data_batch_1 .. test_batch; train, test, meta)";
  }

  @Override
  public boolean recognizes(Path path) {
    return variant(path).isPresent();
  }

  private static Optional<Variant> variant(Path path) {
    return VARIANTS.stream().filter(variant -> variant.isIn(path)).findFirst();
  }

  @Override
  public DatasetBundle read(Path path, Resizing resizing) {
    Variant variant = variant(path).orElseThrow();
    Path folder = variant.folder(path);
    for (String file :
        (Iterable<String>)
            Stream.of(variant.training(), List.of(variant.test(), variant.meta()))
                    .flatMap(List::stream)
                ::iterator) {
      if (!Files.isRegularFile(folder.resolve(file))) {
        throw new IllegalArgumentException(
            folder.resolve(file) + ": is missing, allowed: all files of " + variant.unpacked());
      }
    }
    List<String> classNames =
        CifarPickles.readNames(folder.resolve(variant.meta()), variant.classNames());
    return DatasetBundle.of(
        variant.name(),
        "pickles of " + variant.name() + " in " + folder,
        CifarPickles.readDataset(
            variant.training().stream().map(folder::resolve).toList(),
            variant.labels(),
            classNames,
            resizing),
        CifarPickles.readDataset(
            List.of(folder.resolve(variant.test())), variant.labels(), classNames, resizing));
  }
}
