package io.github.smartaug.tensor;

import io.github.smartaug.file.AtomicFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Reads and writes one tensor as a .npy file, NumPy's format. Versions 1.0 to 3.0 are supported,
 * little endian and in C order, with elements of float32, float64, int32, int64, uint8, int8 or
 * bool.
 */
public final class Npy {
  private Npy() {}

  /**
   * Reads a file.
   *
   * @return a tensor on the CPU, in the current scope
   * @throws IllegalArgumentException if there is no such file, or it is truncated, in another
   *     format, or of an unsupported kind; the message names the file and the problem
   */
  public static Tensor read(Path file) throws IOException {
    InputFile.requireRegular(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in, Files.size(file), file.toString());
    }
  }

  /**
   * Reads one array from a stream. The stream stays open and is then at the byte after the array.
   *
   * @param source name of the stream for messages
   * @return a tensor on the CPU, in the current scope
   * @throws IllegalArgumentException as {@link #read(Path)}
   */
  public static Tensor read(InputStream in, String source) throws IOException {
    return read(in, Long.MAX_VALUE, source);
  }

  /**
   * Reads a file that must hold float32.
   *
   * @return a tensor on the CPU, in the current scope
   * @throws IllegalArgumentException as {@link #read(Path)}, and if the elements are of another
   *     type
   */
  public static Tensor readFloat32(Path file) throws IOException {
    InputFile.requireRegular(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      NpyHeader header = NpyHeader.read(in, file.toString());
      ElementType type = ElementType.FLOAT32;
      if (!type.numpyName().equals(Optional.of(header.dtype()))) {
        throw new IllegalArgumentException(
            String.format(
                "%s: dtype %s, allowed: %s (float32)",
                file, header.dtype(), type.numpyName().orElseThrow()));
      }
      checkSize(header, type.bytes(), Files.size(file), file.toString());
      return TensorBytes.read(in, type, header.sizes(), file.toString());
    }
  }

  /** As above; a header that asks for more than {@code available} bytes is refused. */
  static Tensor read(InputStream in, long available, String source) throws IOException {
    NpyHeader header = NpyHeader.read(in, source);
    ElementType type =
        ElementType.ofNumpyName(header.dtype())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        String.format(
                            "%s: dtype %s, allowed: %s",
                            source, header.dtype(), ElementType.allowedNumpyNames())));
    checkSize(header, type.bytes(), available, source);
    return TensorBytes.read(in, type, header.sizes(), source);
  }

  /** Reads an array of NumPy's fixed-length text ({@code <U12}), flattened in C order. */
  static List<String> readStrings(InputStream in, long available, String source)
      throws IOException {
    NpyHeader header = NpyHeader.read(in, source);
    if (!header.dtype().matches("<U\\d{1,9}")) {
      throw new IllegalArgumentException(
          source + ": dtype " + header.dtype() + ", allowed: text (<U)");
    }
    int width = Math.multiplyExact(4, Integer.parseInt(header.dtype().substring(2)));
    long size = checkSize(header, width, available, source);
    long count = header.shape().stream().reduce(1L, Math::multiplyExact);
    byte[] data = in.readNBytes(Math.toIntExact(size));
    if (data.length < size) {
      throw new IllegalArgumentException(
          source + ": truncated, has " + data.length + " of " + size + " bytes of data");
    }
    List<String> strings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      strings.add(text(Arrays.copyOfRange(data, i * width, (i + 1) * width)));
    }
    return strings;
  }

  private static String text(byte[] utf32) {
    String padded = new String(utf32, Charset.forName("UTF-32LE"));
    int end = padded.length();
    while (end > 0 && padded.charAt(end - 1) == 0) {
      end--;
    }
    return padded.substring(0, end);
  }

  private static long checkSize(
      NpyHeader header, long elementBytes, long available, String source) {
    long size;
    try {
      size = header.shape().stream().reduce(elementBytes, Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(source + ": impossible shape " + header.shape(), e);
    }
    if (size > available) {
      throw new IllegalArgumentException(
          String.format(
              "%s: truncated, shape %s needs %d bytes of data, the file has %d bytes",
              source, header.shape(), size, available));
    }
    return size;
  }

  /**
   * Writes a file, atomically.
   *
   * @param tensor on any device, in any memory layout
   * @throws IllegalArgumentException if the format has no such element type
   */
  public static void write(Path file, Tensor tensor) throws IOException {
    NpyHeader header = header(tensor, file.toString());
    AtomicFile.write(file, out -> write(out, header, tensor));
  }

  /** Writes one array to a stream, which stays open. */
  public static void write(OutputStream out, Tensor tensor) throws IOException {
    write(out, header(tensor, "npy"), tensor);
  }

  private static void write(OutputStream out, NpyHeader header, Tensor tensor) throws IOException {
    out.write(header.bytes());
    TensorBytes.write(tensor, out);
  }

  private static NpyHeader header(Tensor tensor, String target) {
    String dtype =
        ElementType.of(tensor)
            .flatMap(ElementType::numpyName)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        String.format(
                            "%s: a tensor of %s cannot be written, allowed: %s",
                            target, tensor.scalar_type(), ElementType.allowedNumpyNames())));
    return new NpyHeader(dtype, Arrays.stream(tensor.shape()).boxed().toList());
  }
}
