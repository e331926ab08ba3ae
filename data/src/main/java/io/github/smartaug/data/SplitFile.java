package io.github.smartaug.data;

import io.github.smartaug.file.FileFailure;
import io.github.smartaug.input.CsvRecords;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which images are for training, validation and test: a CSV file with the columns {@code image},
 * {@code class} and {@code part}, a line per image, in any order.
 *
 * <p>An image is told by its {@link ImageDataset#imageName name}: the path of its file below the
 * folder of the data set, such as {@code train/cat/1.png}, or, where many images are in a file, the
 * set and the position within it, such as {@code training/17}. Its class is there for people, and
 * to notice a file of other data. A part is {@code training}, {@code validation} or {@code test}.
 * Images that are not named are not used.
 */
public final class SplitFile {
  private static final List<String> COLUMNS = List.of("image", "class", "part");

  private SplitFile() {}

  /**
   * Writes the sets of a bundle, in UTF-8.
   *
   * @param out is flushed, not closed
   */
  public static void write(DatasetBundle bundle, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    writer.append(String.join(",", COLUMNS)).append('\n');
    write(bundle.training(), SplitPart.TRAINING, writer);
    if (bundle.validation().isPresent()) {
      write(bundle.validation().get(), SplitPart.VALIDATION, writer);
    }
    write(bundle.test(), SplitPart.TEST, writer);
    writer.flush();
  }

  private static void write(ImageDataset images, SplitPart part, Writer out) throws IOException {
    for (int i = 0; i < images.size(); i++) {
      out.append(CsvRecords.field(images.imageName(i)))
          .append(',')
          .append(CsvRecords.field(images.classNames().get(images.label(i))))
          .append(',')
          .append(part.toString())
          .append('\n');
    }
  }

  /**
   * The images of a data set as a file divides them. They keep the order that they have in the data
   * set, whatever that of the lines, so that the same division gives the same training to the bit.
   *
   * @param all the whole data set, before limits and splits
   * @return with validation images. Where the file names no test images, all of the data set's that
   *     it does not use otherwise
   * @throws IllegalArgumentException if the file cannot be read, is malformed, names an image twice
   *     or one that the data set does not have or has in another class, or leaves a part empty; the
   *     message names file, line and image
   */
  public static DatasetBundle select(Path file, DatasetBundle all) {
    SplitSelection selection = new SplitSelection(file.toString(), all);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(file + ": no such file");
    }
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      read(file, new CsvRecords(reader), selection);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + ": not a text in UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + FileFailure.reason(e), e);
    }
    return selection.bundle();
  }

  private static void read(Path file, CsvRecords records, SplitSelection selection)
      throws IOException {
    boolean begun = false;
    for (List<String> fields = next(file, records);
        !fields.isEmpty();
        fields = next(file, records)) {
      String where = file + ", line " + records.line();
      if (!begun) {
        requireColumns(where, fields);
        begun = true;
      } else if (fields.size() == COLUMNS.size()) {
        selection.add(records.line(), fields.get(0), fields.get(1), part(where, fields));
      } else {
        throw new IllegalArgumentException(
            where + ": " + fields.size() + " fields, allowed: " + String.join(",", COLUMNS));
      }
    }
    if (!begun) {
      throw new IllegalArgumentException(
          file + ": empty, allowed: a line " + String.join(",", COLUMNS) + " and one per image");
    }
  }

  private static List<String> next(Path file, CsvRecords records) throws IOException {
    try {
      return records.read();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ", " + e.getMessage(), e);
    }
  }

  private static void requireColumns(String where, List<String> fields) {
    if (!fields.equals(COLUMNS)) {
      throw new IllegalArgumentException(
          where
              + ": \""
              + String.join(",", fields)
              + "\", allowed: "
              + String.join(",", COLUMNS)
              + " in the first line");
    }
  }

  private static SplitPart part(String where, List<String> fields) {
    Optional<SplitPart> part = SplitPart.named(fields.get(2));
    return part.orElseThrow(
        () ->
            new IllegalArgumentException(
                where
                    + ": part of the image "
                    + fields.get(0)
                    + ": \""
                    + fields.get(2)
                    + "\", allowed: "
                    + SplitPart.names()));
  }
}
