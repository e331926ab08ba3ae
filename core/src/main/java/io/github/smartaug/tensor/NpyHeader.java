package io.github.smartaug.tensor;

import io.github.smartaug.input.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The header of a .npy file, versions 1.0 to 3.0 (NumPy enhancement proposal 1 and {@code
 * numpy.lib.format}).
 *
 * @param dtype NumPy's name of the element type, such as {@code <f4} or {@code <U12}
 * @param shape sizes, outermost first; elements are in C order
 */
record NpyHeader(String dtype, List<Long> shape) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int LIMIT = 1 << 20;

  private static final Pattern DTYPE = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)");
  private static final Pattern ORDER =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^)]*)\\)");
  private static final Pattern SIZE = Pattern.compile("\\d{1,18}L?");

  /** The sizes as an array. */
  long[] sizes() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * Reads the header; the stream is then at the first element.
   *
   * @throws IllegalArgumentException if it is damaged or not supported; the message begins with
   *     {@code source}
   */
  static NpyHeader read(InputStream in, String source) throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IllegalArgumentException(
          source + ": not a .npy file (does not begin with \\x93NUMPY)");
    }
    byte[] version = bytes(in, 2, source);
    if (version[0] < 1 || version[0] > 3) {
      throw new IllegalArgumentException(
          String.format(
              "%s: .npy version %d.%d, allowed: 1.0 to 3.0", source, version[0], version[1]));
    }
    Charset charset = version[0] == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    return parse(new String(bytes(in, length(in, version[0], source), source), charset), source);
  }

  private static int length(InputStream in, byte version, String source) throws IOException {
    ByteBuffer field =
        ByteBuffer.wrap(bytes(in, version == 1 ? 2 : 4, source)).order(ByteOrder.LITTLE_ENDIAN);
    long length =
        version == 1
            ? Short.toUnsignedLong(field.getShort())
            : Integer.toUnsignedLong(field.getInt());
    if (length > LIMIT) {
      throw new IllegalArgumentException(
          source + ": .npy header of " + length + " bytes, allowed: at most " + LIMIT);
    }
    return (int) length;
  }

  private static byte[] bytes(InputStream in, int count, String source) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new IllegalArgumentException(source + ": truncated in the .npy header");
    }
    return bytes;
  }

  private static NpyHeader parse(String text, String source) {
    Matcher dtype = DTYPE.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!dtype.find() || !order.find() || !shape.find()) {
      throw unreadable(text, source);
    }
    if (order.group(1).equals("True")) {
      throw new IllegalArgumentException(
          source
              + ": elements in Fortran order, allowed: C order"
              + " (save numpy.ascontiguousarray of it)");
    }
    return new NpyHeader(dtype.group(1), sizes(shape.group(1), text, source));
  }

  private static IllegalArgumentException unreadable(String text, String source) {
    return new IllegalArgumentException(
        source
            + ": unreadable .npy header, expected {'descr': '<f4', 'fortran_order': False,"
            + " 'shape': (2, 3), }, got "
            + Excerpt.of(text.strip()));
  }

  private static List<Long> sizes(String commaSeparated, String text, String source) {
    List<Long> sizes = new ArrayList<>();
    for (String part : commaSeparated.split(",", -1)) {
      String size = part.strip();
      if (!size.isEmpty()) {
        if (!SIZE.matcher(size).matches()) {
          throw unreadable(text, source);
        }
        sizes.add(Long.valueOf(size.replace("L", "")));
      }
    }
    TensorBytes.requireDimensions(sizes.size(), source);
    return sizes;
  }

  /** The header as the beginning of a file, padded so that the elements are aligned. */
  byte[] bytes() {
    String sizes =
        shape.stream().map(String::valueOf).collect(Collectors.joining(", "))
            + (shape.size() == 1 ? "," : "");
    byte[] text =
        ("{'descr': '" + dtype + "', 'fortran_order': False, 'shape': (" + sizes + "), }")
            .getBytes(StandardCharsets.ISO_8859_1);
    int prefix = MAGIC.length + 2 + 2;
    int total = (prefix + text.length + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    ByteBuffer buffer = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (total - prefix)).put(text);
    while (buffer.remaining() > 1) {
      buffer.put((byte) ' ');
    }
    return buffer.put((byte) '\n').array();
  }
}
