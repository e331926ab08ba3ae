package io.github.smartaug.data;

import io.github.smartaug.file.FileFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The binary version of CIFAR-100 with its fine labels: {@code train.bin}, {@code test.bin} and
 * {@code fine_label_names.txt}, in the folder itself or in {@code cifar-100-binary} in it.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">original files</a>
 */
final class Cifar100Folder implements DatasetFormat {
  private static final String UNPACKED = "cifar-100-binary";
  private static final String TRAINING = "train.bin";
  private static final String TEST = "test.bin";
  private static final String NAMES = "fine_label_names.txt";

  @Override
  public String name() {
    return "cifar-100-binary";
  }

  @Override
  public String description() {
    return "CIFAR-100's binary version (" + String.join(", ", TRAINING, TEST, NAMES) + ")";
  }

  @Override
  public boolean recognizes(Path path) {
    Path folder = unpacked(path);
    return Files.isRegularFile(folder.resolve(NAMES))
        && (Files.isRegularFile(folder.resolve(TRAINING))
            || Files.isRegularFile(folder.resolve(TEST)));
  }

  private static Path unpacked(Path path) {
    Path inside = path.resolve(UNPACKED);
    return Files.isDirectory(inside) ? inside : path;
  }

  @Override
  public DatasetBundle read(Path path, Resizing resizing) {
    Path folder = unpacked(path);
    List<String> classNames = classNames(folder.resolve(NAMES));
    return DatasetBundle.of(
        "cifar-100",
        "CIFAR-100 binary files in " + folder,
        set(folder, TRAINING, classNames, resizing),
        set(folder, TEST, classNames, resizing));
  }

  private ImageDataset set(Path folder, String name, List<String> classNames, Resizing resizing) {
    if (!Files.isRegularFile(folder.resolve(name))) {
      throw new IllegalArgumentException(
          folder.resolve(name) + ": is missing, allowed: a folder with " + description());
    }
    DataFile file = DataFile.of(folder.resolve(name));
    return CifarReader.readDataset(List.of(file), CifarReader.FINE_LABEL, classNames, resizing);
  }

  private static List<String> classNames(Path file) {
    try {
      List<String> names =
          Files.readAllLines(file, StandardCharsets.UTF_8).stream()
              .map(String::strip)
              .filter(name -> !name.isEmpty())
              .toList();
      if (names.isEmpty() || names.size() > 1 << Byte.SIZE) {
        throw new IllegalArgumentException(
            file + ": has " + names.size() + " names, allowed: one for each class, 1..256");
      }
      return names;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + ": cannot be read (" + FileFailure.reason(e) + "), allowed: a text in UTF-8", e);
    }
  }
}
