package io.github.smartaug.data;

import io.github.smartaug.file.FileFailure;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A binary file to read a data set from, on disk or in the library's own resources; unpacked on the
 * way if its name ends in {@code .gz}.
 */
public final class DataFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private final String name;
  private final Source source;

  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }

  /**
   * What is done with the content.
   *
   * @param <T> what is read
   */
  @FunctionalInterface
  public interface Parser<T> {
    /**
     * Reads the content from its beginning.
     *
     * @throws IllegalArgumentException if it is not as it should be, with a message that says what
     *     is wrong and what is allowed; the file's name is put before it
     */
    T parse(DataInputStream input) throws IOException;
  }

  private DataFile(String name, Source source) {
    this.name = name;
    this.source = source;
  }

  /** A file on disk. */
  public static DataFile of(Path file) {
    return new DataFile(file.toString(), () -> openRegular(file));
  }

  /** Opening a pipe would wait for ever, and a device has no end. */
  private static InputStream openRegular(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("not a regular file");
    }
    return Files.newInputStream(file);
  }

  /** A resource beside the classes of this package. */
  static DataFile resource(String path) {
    return new DataFile("resource " + path, () -> openResource(path));
  }

  private static InputStream openResource(String path) throws IOException {
    InputStream stream = DataFile.class.getResourceAsStream(path);
    if (stream == null) {
      throw new FileNotFoundException("no such resource");
    }
    return stream;
  }

  /** Path, for messages. */
  public String name() {
    return name;
  }

  /**
   * Reads the whole file.
   *
   * @param <T> what is read
   * @throws IllegalArgumentException if it cannot be read, is cut short, is longer than what {@code
   *     parser} reads, or is refused by it
   */
  public <T> T read(Parser<T> parser) {
    try (InputStream raw = source.open();
        DataInputStream input = new DataInputStream(unpacked(raw))) {
      T content = parser.parse(input);
      if (input.read() >= 0) {
        throw new IllegalArgumentException(
            "is longer than its header says, allowed: exactly that length");
      }
      return content;
    } catch (EOFException e) {
      throw new IllegalArgumentException(
          name + ": is cut short, allowed: the whole file as it was published", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          name + ": cannot be read (" + FileFailure.reason(e) + "), allowed: a whole readable file",
          e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private InputStream unpacked(InputStream raw) throws IOException {
    return name.endsWith(".gz")
        ? new GZIPInputStream(raw, BUFFER_BYTES)
        : new BufferedInputStream(raw, BUFFER_BYTES);
  }
}
