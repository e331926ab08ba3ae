package io.github.smartaug.tensor;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;

/**
 * The elements of one .npy array as bytes, from front to back, for arrays that are larger than what
 * is made of them, or of types that tensors do not have. To be closed.
 */
public final class NpyElements implements AutoCloseable {
  private final InputStream in;
  private final String source;
  private final NpyHeader header;

  private NpyElements(InputStream in, String source, NpyHeader header) {
    this.in = in;
    this.source = source;
    this.header = header;
  }

  /**
   * Opens a file.
   *
   * @throws IllegalArgumentException if there is no such file, or it does not begin as a .npy file
   *     in C order
   */
  public static NpyElements open(Path file) throws IOException {
    InputFile.requireRegular(file);
    return of(Files.newInputStream(file), file.toString());
  }

  /** Takes over a stream: it is closed with this object, or at once if its header is damaged. */
  static NpyElements of(InputStream stream, String source) throws IOException {
    InputStream in = new BufferedInputStream(stream);
    try {
      return new NpyElements(in, source, NpyHeader.read(in, source));
    } catch (ZipException | EOFException e) {
      stream.close();
      throw damaged(source, e);
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  private static IllegalArgumentException damaged(String source, IOException error) {
    return new IllegalArgumentException(source + " is damaged: " + error.getMessage(), error);
  }

  /** Where the array is, for messages. */
  public String source() {
    return source;
  }

  /** NumPy's name of the element type, such as {@code |u1} or {@code <i8}. */
  public String dtype() {
    return header.dtype();
  }

  /** Sizes, outermost first. */
  public List<Long> shape() {
    return List.copyOf(header.shape());
  }

  /**
   * The next bytes.
   *
   * @throws IllegalArgumentException if there are fewer
   */
  public byte[] read(int count) throws IOException {
    try {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length == count) {
        return bytes;
      }
    } catch (ZipException | EOFException e) {
      throw damaged(source, e);
    }
    throw new IllegalArgumentException(
        "%s: truncated, allowed: all elements of the shape %s".formatted(source, header.shape()));
  }

  /**
   * Checks that nothing follows, and that an archive's checksum is right.
   *
   * @throws IllegalArgumentException if not
   */
  public void requireEnd() throws IOException {
    try {
      if (in.read() < 0) {
        return;
      }
    } catch (ZipException | EOFException e) {
      throw damaged(source, e);
    }
    throw new IllegalArgumentException(
        "%s: is longer than its header says, allowed: just the elements of the shape %s"
            .formatted(source, header.shape()));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
