package io.github.smartaug.data;

import io.github.smartaug.registry.Registry;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The formats of data sets in folders and files, by name; a path has the first one that recognises
 * it.
 */
public final class DatasetFormats {
  private static final Registry<DatasetFormat> REGISTRY =
      new Registry<>(
          "data format",
          DatasetFormat.class,
          List.of(
              new IdxFolder(),
              new EmnistFolder(),
              new CifarFolder(),
              new Cifar100Folder(),
              new CifarPickleFolder(),
              new SvhnFolder(),
              new TinyImageNet(),
              new NumpyFormat(),
              new TarShards(),
              new ParquetImages(),
              new ImageList(),
              new ImageFolder()));

  private DatasetFormats() {}

  /** All names. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All entries. */
  public static List<DatasetFormat> entries() {
    return REGISTRY.entries();
  }

  /**
   * The format of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DatasetFormat named(String name) {
    return REGISTRY.named(name);
  }

  /**
   * Adds a format, for all of this process.
   *
   * @throws IllegalArgumentException if its name is taken
   */
  public static void register(DatasetFormat format) {
    REGISTRY.register(format);
  }

  /**
   * Takes back a format that was registered.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is built in
   */
  public static void unregister(String name) {
    REGISTRY.unregister(name);
  }

  /**
   * The format of a folder or file.
   *
   * @throws IllegalArgumentException if no format recognises it
   */
  public static DatasetFormat of(Path path) {
    return entries().stream()
        .filter(format -> format.recognizes(path))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    path
                        + ": holds no known data set, allowed: "
                        + entries().stream()
                            .map(DatasetFormat::description)
                            .collect(Collectors.joining("; or "))));
  }
}
