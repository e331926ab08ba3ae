package io.github.smartaug.data;

import io.github.smartaug.input.Excerpt;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the regular files of a tar archive one after another: ustar, with the long names and large
 * sizes of pax and of GNU tar. Folders are passed over; links, devices and files with holes are
 * refused, as are headers whose checksum is wrong.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">pax: ustar and
 *     its extended headers</a>
 */
public final class TarReader {
  private static final int BLOCK = 512;
  private static final int NAME = 0;
  private static final int NAME_BYTES = 100;
  private static final int SIZE = 124;
  private static final int SIZE_BYTES = 12;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_BYTES = 8;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int PREFIX_BYTES = 155;
  private static final int LONGEST_HEADER = 1 << 20;

  private final InputStream in;
  private final long mostBytes;
  private long position;
  private Map<String, String> extended = new HashMap<>();

  /**
   * A reader of a stream.
   *
   * @param mostBytes of a file in it
   */
  public TarReader(InputStream in, long mostBytes) {
    this.in = in;
    this.mostBytes = mostBytes;
  }

  /** A file in the archive, with all of its content. */
  public static final class Entry {
    private final String name;
    private final byte[] content;
    private final long start;

    private Entry(String name, byte[] content, long start) {
      this.name = name;
      this.content = content;
      this.start = start;
    }

    /** Where in the archive the content begins, in bytes. */
    long start() {
      return start;
    }

    /** Its path within the archive, as it is written there: it may lead anywhere. */
    public String name() {
      return name;
    }

    /** Its bytes: not a copy. */
    public byte[] content() {
      return content;
    }
  }

  /**
   * The next regular file; empty at the end.
   *
   * @throws IllegalArgumentException if the archive is damaged, or has something else in it; the
   *     message says at which byte
   * @throws EOFException if it is cut short
   */
  public Optional<Entry> next() throws IOException {
    while (true) {
      long start = position;
      byte[] header = block();
      if (isEmpty(header)) {
        return Optional.empty();
      }
      requireChecksum(header, start);
      long size = size(header, start);
      switch (header[TYPE]) {
        case 0, '0', '7' -> {
          String name = extended.getOrDefault("path", name(header));
          extended = new HashMap<>();
          long contentStart = position;
          return Optional.of(new Entry(name, content(size, mostBytes, name, start), contentStart));
        }
        case '5' -> {
          extended = new HashMap<>();
          skip(size);
        }
        case 'x' ->
            extended.putAll(records(content(size, LONGEST_HEADER, "a header", start), start));
        case 'L' ->
            extended.put(
                "path", text(content(size, LONGEST_HEADER, "a name", start), 0, (int) size));
        // Of all files, and the name of a link's target.
        case 'g', 'K' -> skip(size);
        default ->
            throw wrong(
                start,
                "%s is of type '%c', allowed: regular files and folders"
                    .formatted(Excerpt.of(name(header)), (char) (header[TYPE] & 0x7f)));
      }
    }
  }

  /** Whether what comes next is the header of a file, of whatever kind. */
  boolean beginsWithHeader() throws IOException {
    try {
      byte[] header = block();
      requireChecksum(header, 0);
      return !isEmpty(header);
    } catch (EOFException | IllegalArgumentException e) {
      return false;
    }
  }

  private byte[] block() throws IOException {
    byte[] block = in.readNBytes(BLOCK);
    position += block.length;
    if (block.length < BLOCK) {
      throw new EOFException();
    }
    return block;
  }

  private static boolean isEmpty(byte[] block) {
    return Arrays.equals(block, new byte[BLOCK]);
  }

  private static void requireChecksum(byte[] header, long start) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean own = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_BYTES;
      sum += own ? ' ' : Byte.toUnsignedInt(header[i]);
    }
    if (octal(header, CHECKSUM, CHECKSUM_BYTES, start) != sum) {
      throw wrong(start, "is no header of a file, allowed: one whose checksum is right");
    }
  }

  private long size(byte[] header, long start) {
    String size = header[TYPE] == 'x' || header[TYPE] == 'g' ? null : extended.get("size");
    if (size == null) {
      return octal(header, SIZE, SIZE_BYTES, start);
    }
    if (!size.matches("\\d{1,18}")) {
      throw wrong(start, "has the size " + Excerpt.of(size) + ", allowed: a number of bytes");
    }
    return Long.parseLong(size);
  }

  /** A number in octal digits, or, as GNU tar writes large ones, in bytes after one of 0x80. */
  private static long octal(byte[] header, int from, int length, long start) {
    if (header[from] == (byte) 0x80) {
      long number = 0;
      for (int i = from + 1; i < from + length; i++) {
        if (number >> (Long.SIZE - 1 - Byte.SIZE) != 0) {
          throw wrong(start, "has a number that is too large, allowed: one of 62 bits");
        }
        number = number << Byte.SIZE | Byte.toUnsignedLong(header[i]);
      }
      return number;
    }
    String digits = text(header, from, length).strip();
    if (!digits.matches("[0-7]{1,20}")) {
      throw wrong(
          start,
          "has the number \""
              + Excerpt.of(digits.replaceAll("[^ -~]", "?"))
              + "\", allowed: octal digits");
    }
    return Long.parseLong(digits, 8);
  }

  private static String name(byte[] header) {
    String name = text(header, NAME, NAME_BYTES);
    boolean ustar = text(header, MAGIC, 6).equals("ustar");
    String prefix = ustar ? text(header, PREFIX, PREFIX_BYTES) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** The characters before the first that is 0. */
  private static String text(byte[] bytes, int from, int length) {
    int end = from;
    while (end < from + length && end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  private byte[] content(long size, long most, String name, long start) throws IOException {
    if (size > most) {
      throw wrong(
          start, "%s has %d bytes, allowed: at most %d".formatted(Excerpt.of(name), size, most));
    }
    byte[] content = in.readNBytes((int) size);
    position += content.length;
    if (content.length < size) {
      throw new EOFException();
    }
    skip((BLOCK - size % BLOCK) % BLOCK);
    return content;
  }

  private void skip(long count) throws IOException {
    in.skipNBytes(count);
    position += count;
  }

  /** Lines of {@code LENGTH KEY=VALUE}; a length counts its line from its first digit on. */
  private static Map<String, String> records(byte[] content, long start) {
    Map<String, String> records = new HashMap<>();
    int line = 0;
    while (line < content.length) {
      int space = line;
      while (space < content.length && content[space] >= '0' && content[space] <= '9') {
        space++;
      }
      int length =
          space == line || space - line > 7 || space == content.length || content[space] != ' '
              ? 0
              : Integer.parseInt(text(content, line, space - line));
      int end = line + length;
      if (end <= space + 1 || end > content.length || content[end - 1] != '\n') {
        throw wrong(start, "has a damaged extended header, allowed: lines of LENGTH KEY=VALUE");
      }
      String record = new String(content, space + 1, end - 1 - (space + 1), StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (record.startsWith("GNU.sparse.")) {
        throw wrong(start, "has a file with holes, allowed: whole files");
      }
      if (equals > 0) {
        records.put(record.substring(0, equals), record.substring(equals + 1));
      }
      line = end;
    }
    return records;
  }

  private static IllegalArgumentException wrong(long start, String what) {
    return new IllegalArgumentException("at byte " + start + ": " + what);
  }
}
