package io.github.smartaug.data;

import io.github.smartaug.data.parquet.ParquetColumn;
import io.github.smartaug.data.parquet.ParquetFile;
import io.github.smartaug.input.JsonField;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of Parquet files as labelled images, one after another: a column of encoded images, and
 * one of labels. What they are called, and the names of classes, follow the data sets on hubs.
 *
 * <p>All methods throw an IllegalArgumentException that names the file, and the row, if something
 * is not as it should be.
 */
final class ParquetSamples implements Iterator<LabelledImage>, AutoCloseable {
  /** Structs with {@code bytes}, or bytes themselves. */
  private static final List<String> IMAGES = List.of("image", "img", "picture", "png", "jpg");

  private static final List<String> LABELS =
      List.of("label", "labels", "fine_label", "class", "target");

  /** Where the library of the largest hub keeps what its columns mean. */
  private static final String FEATURES = "huggingface";

  private final Path root;
  private final Iterator<Path> files;
  private Table table;

  /**
   * Rows of files.
   *
   * @param root names of images are relative to it
   */
  ParquetSamples(Path root, List<Path> files) {
    this.root = root;
    this.files = files.iterator();
  }

  /** An open file. */
  private static final class Table {
    private final Path path;
    private final SetRole role;
    private final ParquetFile.Rows rows;
    private long row = -1;

    Table(Path path) {
      ParquetFile file = ParquetFile.open(path);
      this.path = path;
      this.role = role(path);
      this.rows = file.rows(List.of(image(path, file), label(path, file)));
    }
  }

  private static ParquetColumn image(Path path, ParquetFile file) {
    return IMAGES.stream()
        .flatMap(name -> Stream.of(name + ".bytes", name))
        .flatMap(name -> file.column(name).stream())
        .filter(column -> column.kind() == ParquetColumn.Kind.BYTES)
        .findFirst()
        .orElseThrow(() -> missing(path, file, "images", "image with bytes in it", IMAGES));
  }

  private static ParquetColumn label(Path path, ParquetFile file) {
    return LABELS.stream()
        .flatMap(name -> file.column(name).stream())
        .findFirst()
        .orElseThrow(() -> missing(path, file, "labels", "label", LABELS));
  }

  private static IllegalArgumentException missing(
      Path path, ParquetFile file, String what, String usual, List<String> names) {
    return new IllegalArgumentException(
        "%s: has no column of %s but %s, allowed: a column %s (or %s)"
            .formatted(
                path,
                what,
                String.join(", ", file.columns().stream().map(ParquetColumn::path).toList()),
                usual,
                String.join(", ", names.subList(1, names.size()))));
  }

  /** By a word of the file's name, or else of its folder's. */
  static SetRole role(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return Stream.of(Datasets.fileName(file), Datasets.fileName(folder))
        .flatMap(name -> Stream.of(name.split("[^A-Za-z]+", -1)))
        .flatMap(word -> SetRole.named(word).stream())
        .findFirst()
        .orElse(SetRole.TRAINING);
  }

  /** The names of the classes, if a file knows them. */
  static Optional<List<String>> classNames(Path path) {
    ParquetFile file = ParquetFile.open(path);
    Optional<String> features = file.metadata(FEATURES);
    if (features.isEmpty()) {
      return Optional.empty();
    }
    JsonField label =
        JsonField.parse(features.get(), path + ": " + FEATURES)
            .field("info")
            .field("features")
            .field(label(path, file).path());
    return label.isAbsent() || label.field("names").isAbsent()
        ? Optional.empty()
        : Optional.of(label.field("names").elements().stream().map(JsonField::text).toList());
  }

  @Override
  public boolean hasNext() {
    while (table == null || !table.rows.hasNext()) {
      close();
      if (!files.hasNext()) {
        return false;
      }
      table = new Table(files.next());
    }
    return true;
  }

  @Override
  public LabelledImage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Object[] values = table.rows.next();
    table.row++;
    String name = FolderNotes.name(root, table.path) + "/" + table.row;
    String place = table.path + ": row " + table.row;
    if (values[0] == null || values[1] == null) {
      throw new IllegalArgumentException(
          "%s: has no %s, allowed: bytes and a label in every row"
              .formatted(place, values[0] == null ? "bytes of an image" : "label"));
    }
    return new LabelledImage(
        new EncodedImage.InMemory(name, place, (byte[]) values[0], Optional.empty()),
        text(place, values[1]),
        table.role);
  }

  private static String text(String place, Object label) {
    if (label instanceof byte[] text) {
      return new String(text, StandardCharsets.UTF_8);
    }
    if ((Long) label < 0) {
      throw new IllegalArgumentException(
          "%s: has the label %d, allowed: at least 0; leave out files whose labels are hidden"
              .formatted(place, (Long) label));
    }
    return label.toString();
  }

  @Override
  public void close() {
    if (table != null) {
      table.rows.close();
      table = null;
    }
  }
}
