package io.github.smartaug.data;

import io.github.smartaug.file.FileFailure;
import io.github.smartaug.tensor.MemoryNeed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A list of image files with their labels, as CSV or as JSON lines: see {@link ImageListRows}. The
 * list itself, or a folder with a list that has a header, and no other, in it.
 */
final class ImageList implements StreamedFormat {
  private static final List<String> JSON_SUFFIXES = List.of(".jsonl", ".ndjson");
  private static final String CSV_SUFFIX = ".csv";
  private static final int GLANCE_BYTES = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** A text in memory, and its rows. */
  private static final double MEMORY_PER_BYTE = 4;

  @Override
  public String name() {
    return "image-list";
  }

  @Override
  public String description() {
    return "a CSV or JSON-lines file with the columns path, label and perhaps split (.csv, .jsonl)";
  }

  @Override
  public boolean recognizes(Path path) {
    return Files.isDirectory(path)
        ? onlyList(path).filter(l -> new ImageListRows(l).isHeader(firstLine(l))).isPresent()
        : Files.isRegularFile(path)
            && (isNamedAsList(path) || new ImageListRows(path).isFirstLine(firstLine(path)));
  }

  @Override
  public DatasetBundle read(
      Path path, Resizing resizing, BadImages badImages, LoaderOptions options) {
    Path list = Files.isDirectory(path) ? onlyList(path).orElseThrow() : path;
    ImageListRows rows = new ImageListRows(list);
    List<LabelledImage> images = rows.parse(text(list));
    return new LabelledImages(list, new FolderNotes(rows.folder()), UnaryOperator.identity())
        .read(
            "images that " + list + " lists",
            images.iterator(),
            OptionalInt.of(images.size()),
            new ImageStream(resizing, options),
            badImages);
  }

  private static Optional<Path> onlyList(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> lists =
          entries
              .filter(e -> !FileNames.isHidden(e) && isNamedAsList(e) && Files.isRegularFile(e))
              .toList();
      return lists.size() == 1 ? Optional.of(lists.get(0)) : Optional.empty();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static boolean isNamedAsList(Path file) {
    String name = Datasets.fileName(file).toLowerCase(Locale.ROOT);
    return name.endsWith(CSV_SUFFIX) || JSON_SUFFIXES.stream().anyMatch(name::endsWith);
  }

  /** The first line that is not empty; of what cannot be read, an empty one. */
  private static String firstLine(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String start = withoutMark(new String(in.readNBytes(GLANCE_BYTES), StandardCharsets.UTF_8));
      return start.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static String text(Path list) {
    try {
      MemoryNeed.requireOfHeap(list.toString(), MEMORY_PER_BYTE * Files.size(list));
      byte[] bytes = Files.readAllBytes(list);
      // With a decoder of its own, because that of String replaces what it cannot read.
      return withoutMark(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(list + ": not a text, allowed: a list in UTF-8", e);
    } catch (IOException e) {
      throw unreadable(list, e);
    }
  }

  private static IllegalArgumentException unreadable(Path list, IOException error) {
    return new IllegalArgumentException(
        list + ": cannot be read (" + FileFailure.reason(error) + "), allowed: a readable list",
        error);
  }

  private static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }
}
