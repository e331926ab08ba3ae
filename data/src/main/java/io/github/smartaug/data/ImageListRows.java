package io.github.smartaug.data;

import io.github.smartaug.input.CsvRecords;
import io.github.smartaug.input.Excerpt;
import io.github.smartaug.input.JsonField;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of a list of images.
 *
 * <p>CSV has a header that names the columns, in any order and among others: {@code path} (or
 * {@code file_name}, {@code filename}, {@code file}, {@code image}), {@code label} (or {@code
 * class}), and perhaps {@code split}. Without a header there are two or three columns, in that
 * order. JSON lines have fields of the same names.
 *
 * <p>Paths are relative to the list, {@code /} between their parts, and each is there once. Labels
 * are names or whole numbers. A split has a name as folders of sets have; without one, all images
 * are for training.
 */
final class ImageListRows {
  private static final String PATH = "path";
  private static final String LABEL = "label";
  private static final String SPLIT = "split";
  private static final List<String> PATH_NAMES =
      List.of(PATH, "file_name", "filename", "file", "image");
  private static final List<String> LABEL_NAMES = List.of(LABEL, "class");
  private static final int COLUMNS = 3;

  private final Path list;
  private final Map<Path, Integer> lineOf = new HashMap<>();

  ImageListRows(Path list) {
    this.list = list;
  }

  /** Where paths begin. */
  Path folder() {
    return list.toAbsolutePath().getParent();
  }

  /** Whether a line says where paths and labels are. */
  boolean isHeader(String line) {
    return hasFirstRow(line, false);
  }

  /** Whether a list can begin with a line. */
  boolean isFirstLine(String line) {
    return hasFirstRow(line, true);
  }

  private boolean hasFirstRow(String line, boolean orImage) {
    try {
      if (line.stripLeading().startsWith("{")) {
        JsonField object = JsonField.parse(line, list.toString());
        return Columns.of(object.names()).isPresent();
      }
      List<CsvRecords.Line> rows = CsvRecords.all(line);
      return !rows.isEmpty()
          && (Columns.of(rows.get(0).fields()).isPresent() || (orImage && isImage(rows.get(0))));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Reads the whole list.
   *
   * @throws IllegalArgumentException that names the list and the line if something is not as it
   *     should be
   */
  List<LabelledImage> parse(String text) {
    List<LabelledImage> images =
        text.stripLeading().startsWith("{") ? parseJson(text) : parseCsv(text);
    if (images.isEmpty()) {
      throw new IllegalArgumentException(list + ": lists no images, allowed: at least one");
    }
    return images;
  }

  /** Where in a row its parts stand; {@code split} is -1 if nowhere. */
  private record Columns(int path, int label, int split) {
    static Optional<Columns> of(List<String> header) {
      List<String> names =
          header.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
      int path = find(names, PATH_NAMES);
      int label = find(names, LABEL_NAMES);
      return path < 0 || label < 0
          ? Optional.empty()
          : Optional.of(new Columns(path, label, names.indexOf(SPLIT)));
    }

    private static int find(List<String> names, List<String> wanted) {
      return wanted.stream().filter(names::contains).findFirst().map(names::indexOf).orElse(-1);
    }
  }

  private List<LabelledImage> parseCsv(String text) {
    List<CsvRecords.Line> rows;
    try {
      rows = CsvRecords.all(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(list + ": " + e.getMessage(), e);
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    CsvRecords.Line first = rows.get(0);
    Optional<Columns> header = Columns.of(first.fields());
    int width = first.fields().size();
    if (header.isEmpty() && !isImage(first)) {
      throw wrong(
          first.line(),
          "begins with "
              + Excerpt.of(String.join(",", first.fields()))
              + ", allowed: a header with the columns path and label, or the path of a file and its"
              + " label");
    }
    Columns columns = header.orElse(new Columns(0, 1, width < COLUMNS ? -1 : COLUMNS - 1));
    List<LabelledImage> images = new ArrayList<>();
    for (CsvRecords.Line row : rows.subList(header.isPresent() ? 1 : 0, rows.size())) {
      List<String> fields = row.fields();
      if (fields.size() != width) {
        throw wrong(
            row.line(), "has " + fields.size() + " columns, allowed: " + width + " as line 1");
      }
      String split = columns.split() < 0 ? "" : fields.get(columns.split());
      images.add(
          image(
              row.line(),
              fields.get(columns.path()),
              fields.get(columns.label()),
              columns.split() < 0 ? SetRole.TRAINING : role(row.line(), split)));
    }
    return images;
  }

  /** Whether a row without header can be one: it begins with a file that is there. */
  private boolean isImage(CsvRecords.Line row) {
    int width = row.fields().size();
    try {
      return width >= 2
          && width <= COLUMNS
          && !row.fields().get(0).isBlank()
          && Files.isRegularFile(folder().resolve(row.fields().get(0)));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private List<LabelledImage> parseJson(String text) {
    List<LabelledImage> images = new ArrayList<>();
    int line = 0;
    for (String content : (Iterable<String>) text.lines()::iterator) {
      line++;
      if (content.isBlank()) {
        continue;
      }
      JsonField object = JsonField.parse(content, list + ": line " + line);
      JsonField split = object.field(SPLIT);
      images.add(
          image(
              line,
              first(object, PATH_NAMES).text(),
              ClassLabels.text(first(object, LABEL_NAMES)),
              split.isAbsent() ? SetRole.TRAINING : role(line, split.text())));
    }
    return images;
  }

  private static JsonField first(JsonField object, List<String> names) {
    Stream<JsonField> fields = names.stream().map(object::field);
    return fields.filter(f -> !f.isAbsent()).findFirst().orElse(object.field(names.get(0)));
  }

  private LabelledImage image(int line, String path, String label, SetRole role) {
    if (label.isBlank()) {
      throw wrong(line, "has no label, allowed: a name or a number");
    }
    Path file = file(line, path);
    Integer earlier = lineOf.putIfAbsent(file, line);
    if (earlier != null) {
      throw wrong(
          line,
          "lists %s, as line %d does, allowed: each image once"
              .formatted(Excerpt.of(path), earlier));
    }
    return new LabelledImage(new EncodedImage.InFile(folder(), file), label.strip(), role);
  }

  private Path file(int line, String path) {
    try {
      if (!path.isBlank()) {
        return folder().resolve(path).normalize();
      }
    } catch (InvalidPathException e) {
      throw wrong(
          line, "has the path \"" + Excerpt.of(path) + "\", allowed: the path of a file", e);
    }
    throw wrong(line, "has no path, allowed: the path of a file");
  }

  private SetRole role(int line, String split) {
    return SetRole.named(split.strip())
        .orElseThrow(
            () ->
                wrong(
                    line,
                    "has the split \"%s\", allowed: %s"
                        .formatted(Excerpt.of(split), SetRole.allNames())));
  }

  private IllegalArgumentException wrong(int line, String what) {
    return wrong(line, what, null);
  }

  private IllegalArgumentException wrong(int line, String what, Exception cause) {
    return new IllegalArgumentException(list + ": line " + line + " " + what, cause);
  }
}
