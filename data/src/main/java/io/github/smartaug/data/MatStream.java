package io.github.smartaug.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the data elements of a MAT-file: a tag of type and size, the bytes, a padding. */
final class MatStream {
  private static final int ALIGNMENT = 8;
  private static final int SMALL = 4;

  private final DataInputStream in;
  private final ByteOrder order;

  MatStream(InputStream in, ByteOrder order) {
    this.in = new DataInputStream(in);
    this.order = order;
  }

  /**
   * What an element is.
   *
   * @param size of its bytes
   * @param padded bytes that the element takes
   */
  record Tag(int type, long size, long padded) {}

  InputStream stream() {
    return in;
  }

  /** The tag of the next element; its bytes follow. */
  Tag tag() throws IOException {
    int type = bytes(Integer.BYTES).getInt();
    int small = type >>> Short.SIZE;
    if (small > 0) {
      if (small > SMALL) {
        throw new IllegalArgumentException(
            "has a small element of " + small + " bytes, allowed: at most " + SMALL);
      }
      return new Tag(type & 0xffff, small, SMALL);
    }
    long size = Integer.toUnsignedLong(bytes(Integer.BYTES).getInt());
    return new Tag(type, size, (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
  }

  /** The next bytes. */
  ByteBuffer bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    in.readFully(bytes);
    return ByteBuffer.wrap(bytes).order(order);
  }

  /** A whole element of ints, at least one, that is not longer than {@code most} bytes. */
  int[] numbers(int most) throws IOException {
    ByteBuffer content = element(most);
    if (content.remaining() < Integer.BYTES) {
      throw new IllegalArgumentException("has no sizes, allowed: at least two");
    }
    int[] numbers = new int[content.remaining() / Integer.BYTES];
    content.asIntBuffer().get(numbers);
    return numbers;
  }

  /** A whole element of characters. */
  String text(int most) throws IOException {
    ByteBuffer content = element(most);
    return StandardCharsets.ISO_8859_1.decode(content).toString();
  }

  private ByteBuffer element(int most) throws IOException {
    Tag tag = tag();
    if (tag.size() > most) {
      throw new IllegalArgumentException(
          "has a header of " + tag.size() + " bytes, allowed: at most " + most);
    }
    return bytes((int) tag.padded()).limit((int) tag.size());
  }

  /** Passes over what is left of this stream's part of the file. */
  void skipRest() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  /** Reads on, so that the checksum of what is packed is compared. */
  void requireEnd() throws IOException {
    if (in.read() >= 0) {
      throw new IllegalArgumentException(
          "has bytes after a packed variable, allowed: one variable in each");
    }
  }
}
