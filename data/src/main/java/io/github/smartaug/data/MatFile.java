package io.github.smartaug.data;

import io.github.smartaug.input.Excerpt;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.InflaterInputStream;

/**
 * Reads the arrays of real numbers of a MAT-file of level 5, as MATLAB writes it since version 5,
 * packed or not. Other variables, such as structures and texts, are passed over.
 *
 * @see <a href="https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf">MAT-File
 *     Format</a>
 */
final class MatFile {
  /** How such a file begins. */
  static final String START = "MATLAB 5.0 MAT-file";

  private static final int TEXT_BYTES = 124;
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;
  private static final int FIRST_NUMERIC_CLASS = 6;
  private static final int LAST_NUMERIC_CLASS = 15;
  private static final int COMPLEX = 0x800;
  private static final int LONGEST_HEADER = 1024;

  private final Visitor visitor;

  private MatFile(Visitor visitor) {
    this.visitor = visitor;
  }

  /** What is done with the arrays. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Reads an array, or a part of it, or nothing.
     *
     * @param name of the variable
     */
    void visit(String name, MatArray array) throws IOException;
  }

  /**
   * Reads a file from its beginning to its end.
   *
   * @throws IllegalArgumentException if it is damaged, or of another kind; and as the visitor does,
   *     with the variable's name before its words
   * @throws java.io.EOFException if it is cut short
   */
  static void read(DataInputStream in, Visitor visitor) throws IOException {
    String text = new String(readFully(in, TEXT_BYTES), StandardCharsets.ISO_8859_1);
    byte[] version = readFully(in, Integer.BYTES);
    if (!text.startsWith(START) || (version[2] == 'I') == (version[2] == 'M')) {
      throw new IllegalArgumentException(
          "begins with \"%s\", allowed: %s (in MATLAB: save with -v7)"
              .formatted(Excerpt.of(text.replaceAll("[^ -~].*", ""), 40), START));
    }
    ByteOrder order = version[2] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    MatFile reader = new MatFile(visitor);
    for (int first = in.read(); first >= 0; first = in.read()) {
      ByteBuffer tag = ByteBuffer.allocate(2 * Integer.BYTES).order(order).put((byte) first);
      tag.put(readFully(in, tag.remaining())).flip();
      reader.element(tag.getInt(), tag.getInt(), in, order);
    }
  }

  private static byte[] readFully(InputStream in, int count) throws IOException {
    byte[] bytes = new byte[count];
    new DataInputStream(in).readFully(bytes);
    return bytes;
  }

  private void element(int type, int size, InputStream in, ByteOrder order) throws IOException {
    long length = Integer.toUnsignedLong(size);
    if (type == COMPRESSED) {
      try (InputStream packed = new InflaterInputStream(new LimitedStream(in, length))) {
        MatStream unpacked = new MatStream(packed, order);
        MatStream.Tag tag = unpacked.tag();
        requireMatrix(tag.type());
        matrix(new MatStream(new LimitedStream(unpacked.stream(), tag.size()), order));
        unpacked.requireEnd();
      }
    } else {
      requireMatrix(type);
      matrix(new MatStream(new LimitedStream(in, length), order));
    }
  }

  private static void requireMatrix(int type) {
    if (type != MATRIX) {
      throw new IllegalArgumentException(
          "has an element of type " + Integer.toUnsignedString(type) + ", allowed: arrays, 14");
    }
  }

  private void matrix(MatStream in) throws IOException {
    int flags = in.numbers(LONGEST_HEADER)[0];
    int kind = flags & 0xff;
    if (kind >= FIRST_NUMERIC_CLASS && kind <= LAST_NUMERIC_CLASS && (flags & COMPLEX) == 0) {
      List<Integer> sizes = new ArrayList<>();
      for (int size : in.numbers(LONGEST_HEADER)) {
        sizes.add(size);
      }
      String name = in.text(LONGEST_HEADER);
      try {
        visitor.visit(name, MatArray.of(sizes, in));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "variable " + Excerpt.of(name) + ": " + e.getMessage(), e);
      }
    }
    in.skipRest();
  }
}
