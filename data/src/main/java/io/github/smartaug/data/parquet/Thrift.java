package io.github.smartaug.data.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A struct of Thrift's compact protocol, whose fields have numbers in place of names: whole numbers
 * are {@code Long}, texts {@code byte[]}, the others {@code Boolean}, {@code Double}, lists and
 * structs. What has a wrong type reads as if it were not there.
 *
 * @see <a href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">
 *     Thrift's compact protocol</a>
 */
final class Thrift {
  private static final int DEEPEST = 32;
  private static final int LONGEST_TEXT = 1 << 28;
  private static final int STOP = 0;
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int I16 = 4;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int STRUCT = 12;
  private static final int LONG_FORM = 15;

  private final Map<Integer, Object> fields;

  private Thrift(Map<Integer, Object> fields) {
    this.fields = fields;
  }

  /**
   * Reads a struct.
   *
   * @throws IllegalArgumentException if it is damaged
   * @throws EOFException if it is cut short
   */
  static Thrift read(InputStream in) throws IOException {
    return struct(in, 0);
  }

  private static Thrift struct(InputStream in, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw damaged("structs within structs");
    }
    Map<Integer, Object> fields = new HashMap<>();
    int number = 0;
    for (int header = next(in); header != STOP; header = next(in)) {
      int step = header >> 4;
      number = step == 0 ? (int) zigzag(varint(in)) : number + step;
      int type = header & 0xf;
      fields.put(
          number, type == TRUE || type == FALSE ? (Object) (type == TRUE) : value(in, type, depth));
    }
    return new Thrift(fields);
  }

  private static Object value(InputStream in, int type, int depth) throws IOException {
    return switch (type) {
      case TRUE, FALSE -> next(in) == TRUE;
      case BYTE -> (long) (byte) next(in);
      case I16, I32, I64 -> zigzag(varint(in));
      case DOUBLE -> bytes(in, Double.BYTES);
      case BINARY -> text(in);
      case LIST, SET -> list(in, depth);
      case STRUCT -> struct(in, depth + 1);
      default -> throw damaged("a field of type " + type);
    };
  }

  private static byte[] text(InputStream in) throws IOException {
    long length = varint(in);
    if (length < 0 || length > LONGEST_TEXT) {
      throw damaged("a text of " + length + " bytes");
    }
    return bytes(in, (int) length);
  }

  private static byte[] bytes(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  private static List<Object> list(InputStream in, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw damaged("lists within lists");
    }
    int header = next(in);
    long size = header >> 4 == LONG_FORM ? varint(in) : header >> 4;
    List<Object> values = new ArrayList<>();
    for (long i = 0; i < size; i++) {
      values.add(value(in, header & 0xf, depth + 1));
    }
    return values;
  }

  private static int next(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }

  /** Seven bits a byte, the lowest first. */
  static long varint(InputStream in) throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = next(in);
      number |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return number;
      }
    }
    throw damaged("a number of more than 64 bits");
  }

  private static long zigzag(long number) {
    return number >>> 1 ^ -(number & 1);
  }

  static IllegalArgumentException damaged(String what) {
    return new IllegalArgumentException("is damaged: " + what);
  }

  private <T> Optional<T> field(int number, Class<T> type) {
    return Optional.ofNullable(fields.get(number)).filter(type::isInstance).map(type::cast);
  }

  /** A whole number, if it is there. */
  Optional<Long> number(int field) {
    return field(field, Long.class);
  }

  /** A whole number that must be there, from 0 to a limit. */
  int count(int field) {
    long count = number(field).orElse(-1L);
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw damaged("field " + field + " is " + count);
    }
    return (int) count;
  }

  /** True, unless the field says otherwise. */
  boolean isTrueOrAbsent(int field) {
    return field(field, Boolean.class).orElse(true);
  }

  /** A text; empty if it is not there. */
  String text(int field) {
    return field(field, byte[].class).map(Thrift::decoded).orElse("");
  }

  /** A struct that must be there. */
  Thrift struct(int field) {
    return field(field, Thrift.class).orElseThrow(() -> damaged("no field " + field));
  }

  /** Structs; none if the field is not there. */
  List<Thrift> structs(int field) {
    return list(field).stream().filter(Thrift.class::isInstance).map(Thrift.class::cast).toList();
  }

  /** Texts; none if the field is not there. */
  List<String> texts(int field) {
    return list(field).stream()
        .filter(byte[].class::isInstance)
        .map(text -> decoded((byte[]) text))
        .toList();
  }

  private List<?> list(int field) {
    return field(field, List.class).map(list -> (List<?>) list).orElse(List.of());
  }

  private static String decoded(byte[] text) {
    return new String(text, StandardCharsets.UTF_8);
  }
}
