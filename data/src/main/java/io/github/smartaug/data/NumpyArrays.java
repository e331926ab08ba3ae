package io.github.smartaug.data;

import io.github.smartaug.tensor.NpyElements;
import io.github.smartaug.tensor.Npz;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Named arrays of NumPy: those of a .npz file, or the .npy files of a folder. To be closed. */
sealed interface NumpyArrays extends AutoCloseable {
  /** All names, in lower case and with underscores for hyphens, for they are written both ways. */
  Set<String> names();

  /** The array of one of the names. */
  NpyElements open(String name) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * The arrays at a path.
   *
   * @throws IllegalArgumentException if there is neither a .npz file nor a folder
   */
  static NumpyArrays at(Path path) throws IOException {
    return Files.isDirectory(path) ? InFolder.of(path) : InArchive.of(Npz.open(path));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** See {@link #at}. */
  record InArchive(Npz npz, Map<String, String> keys) implements NumpyArrays {
    static InArchive of(Npz npz) {
      return new InArchive(
          npz,
          npz.keys().stream()
              .collect(Collectors.toMap(NumpyArrays::plain, k -> k, (a, b) -> a, TreeMap::new)));
    }

    @Override
    public Set<String> names() {
      return keys.keySet();
    }

    @Override
    public NpyElements open(String name) throws IOException {
      return npz.elements(keys.get(name));
    }

    @Override
    public void close() throws IOException {
      npz.close();
    }
  }

  /** See {@link #at}. */
  record InFolder(Map<String, Path> files) implements NumpyArrays {
    private static final String SUFFIX = ".npy";

    static InFolder of(Path folder) throws IOException {
      try (Stream<Path> entries = Files.list(folder)) {
        return new InFolder(
            entries
                .filter(file -> Datasets.fileName(file).endsWith(SUFFIX))
                .filter(file -> !FileNames.isHidden(file) && Files.isRegularFile(file))
                .sorted()
                .collect(
                    Collectors.toMap(
                        file -> plain(FileNames.base(file)), f -> f, (a, b) -> a, TreeMap::new)));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    @Override
    public Set<String> names() {
      return files.keySet();
    }

    @Override
    public NpyElements open(String name) throws IOException {
      return NpyElements.open(files.get(name));
    }

    @Override
    public void close() {}
  }
}
