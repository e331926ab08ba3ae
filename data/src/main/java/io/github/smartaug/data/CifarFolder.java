package io.github.smartaug.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The six files of CIFAR-10's binary version, in the folder itself or in the folder {@code
 * cifar-10-batches-bin} in it, as its archive unpacks.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">original files</a>
 */
final class CifarFolder implements DatasetFormat {
  private static final String UNPACKED = "cifar-10-batches-bin";
  private static final List<String> TRAINING =
      IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList();
  private static final List<String> TEST = List.of("test_batch.bin");

  @Override
  public String name() {
    return "cifar-10-binary";
  }

  @Override
  public String description() {
    return "CIFAR-10's binary version (data_batch_1.bin .. data_batch_5.bin, test_batch.bin)";
  }

  @Override
  public boolean recognizes(Path folder) {
    return Stream.concat(TRAINING.stream(), TEST.stream())
        .anyMatch(name -> Files.isRegularFile(unpacked(folder).resolve(name)));
  }

  @Override
  public DatasetBundle read(Path folder, Resizing resizing) {
    Path files = unpacked(folder);
    return DatasetBundle.of(
        "cifar-10",
        "CIFAR-10 binary batches in " + files,
        set(files, TRAINING, resizing),
        set(files, TEST, resizing));
  }

  private ImageDataset set(Path folder, List<String> names, Resizing resizing) {
    return CifarReader.readDataset(
        require(folder, names), CifarReader.ONLY_LABEL, ClassNames.CIFAR_10, resizing);
  }

  private static Path unpacked(Path folder) {
    Path inside = folder.resolve(UNPACKED);
    return Files.isDirectory(inside) ? inside : folder;
  }

  private List<DataFile> require(Path folder, List<String> names) {
    for (String name : names) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        throw new IllegalArgumentException(
            folder.resolve(name) + ": is missing, allowed: a folder with " + description());
      }
    }
    return names.stream().map(folder::resolve).map(DataFile::of).toList();
  }
}
