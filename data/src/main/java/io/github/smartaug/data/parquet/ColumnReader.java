package io.github.smartaug.data.parquet;

import io.github.smartaug.tensor.MemoryNeed;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The values of a column in a group of rows, one after another; a page at a time is in memory. */
final class ColumnReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int DATA_PAGE = 0;
  private static final int DICTIONARY_PAGE = 2;
  private static final int DATA_PAGE_V2 = 3;
  private static final int PLAIN = 0;
  private static final int PLAIN_DICTIONARY = 2;
  private static final int RLE_DICTIONARY = 8;

  /** No page is larger: writers aim at one megabyte, and one image may be a page. */
  private static final int LARGEST_PAGE = 1 << 30;

  private final ParquetColumn column;
  private final PageCodec codec;
  private final InputStream in;
  private Object[] dictionary = new Object[0];
  private int left;
  private int unread;
  private BitRuns levels;
  private BitRuns places;
  private ByteBuffer values;

  /**
   * A column of a group.
   *
   * @param metadata of the column's chunk
   */
  ColumnReader(Path file, ParquetColumn column, Thrift metadata) throws IOException {
    this.column = column;
    this.codec = PageCodec.of(metadata.count(4));
    this.unread = metadata.count(5);
    long data = metadata.number(9).orElse(0L);
    long dictionaryAt = metadata.number(11).filter(at -> at > 0).orElse(data);
    this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      in.skipNBytes(Math.min(data, dictionaryAt));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** The next value; null if it is missing. */
  Object next() throws IOException {
    while (left == 0) {
      readPage();
    }
    left--;
    if (levels.next() < column.depth()) {
      return null;
    }
    if (places == null) {
      return plain(values);
    }
    int place = places.next();
    if (place < 0 || place >= dictionary.length) {
      throw Thrift.damaged("place %d of %d in a dictionary".formatted(place, dictionary.length));
    }
    return dictionary[place];
  }

  private void readPage() throws IOException {
    if (unread == 0) {
      throw Thrift.damaged("fewer values than rows in the column " + column.path());
    }
    Thrift header = Thrift.read(in);
    int size = size(header, 2);
    byte[] packed = in.readNBytes(size(header, 3));
    if (packed.length < size(header, 3)) {
      throw new EOFException();
    }
    switch (header.count(1)) {
      case DATA_PAGE -> beginPage(header.struct(5), codec.unpack(packed, 0, size));
      case DICTIONARY_PAGE -> readDictionary(header.struct(7), codec.unpack(packed, 0, size));
      case DATA_PAGE_V2 -> beginSecondVersion(header.struct(8), packed, size);
      default -> left = 0;
    }
  }

  private static int size(Thrift header, int field) {
    int size = header.count(field);
    if (size > LARGEST_PAGE) {
      throw Thrift.damaged("a page of " + size + " bytes");
    }
    MemoryNeed.requireOfHeap("a page of the file", size);
    return size;
  }

  private void readDictionary(Thrift header, byte[] page) {
    ByteBuffer plain = littleEndian(page);
    // Of damaged files the number may be any; a value has a byte at least, but for empty texts.
    int count = Math.min(header.count(1), page.length);
    dictionary = new Object[count];
    for (int i = 0; i < count; i++) {
      dictionary[i] = plain(plain);
    }
  }

  /** Levels, with their length before them, and values are compressed together. */
  private void beginPage(Thrift header, byte[] page) {
    ByteBuffer content = littleEndian(page);
    int levelBytes = column.depth() == 0 ? 0 : content.getInt();
    beginValues(header.count(1), header.count(2), content, levelBytes);
  }

  /** Levels are before the values, and not compressed. */
  private void beginSecondVersion(Thrift header, byte[] packed, int size) throws IOException {
    int levelBytes = header.count(5);
    if (header.count(6) > 0 || levelBytes > Math.min(packed.length, size)) {
      throw Thrift.damaged("a page with levels of %d bytes".formatted(levelBytes));
    }
    PageCodec used = header.isTrueOrAbsent(7) ? codec : PageCodec.UNCOMPRESSED;
    byte[] unpacked = used.unpack(packed, levelBytes, size - levelBytes);
    ByteBuffer content = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    content.put(packed, 0, levelBytes).put(unpacked).flip();
    beginValues(header.count(1), header.count(4), content, levelBytes);
  }

  private void beginValues(int count, int encoding, ByteBuffer content, int levelBytes) {
    int begin = content.position();
    if (levelBytes < 0 || levelBytes > content.remaining()) {
      throw Thrift.damaged("levels of %d bytes".formatted(levelBytes));
    }
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(column.depth());
    ByteBuffer packedLevels = content.slice(begin, levelBytes).order(ByteOrder.LITTLE_ENDIAN);
    levels = new BitRuns(packedLevels, width);
    values = content.position(begin + levelBytes);
    left = Math.min(count, unread);
    unread -= left;
    places =
        switch (encoding) {
          case PLAIN -> null;
          case PLAIN_DICTIONARY, RLE_DICTIONARY ->
              values.hasRemaining() ? new BitRuns(values, values.get()) : new BitRuns(values, 0);
          default ->
              throw new IllegalArgumentException(
                  "values of the column %s are encoded by the method %d, allowed: PLAIN (%d), dictionaries (%d, %d)"
                      .formatted(column.path(), encoding, PLAIN, PLAIN_DICTIONARY, RLE_DICTIONARY));
        };
  }

  private Object plain(ByteBuffer from) {
    return switch (column.kind()) {
      case INT32 -> (long) from.getInt();
      case INT64 -> from.getLong();
      default -> bytes(from);
    };
  }

  private static byte[] bytes(ByteBuffer from) {
    int length = from.getInt();
    if (length < 0 || length > from.remaining()) {
      throw Thrift.damaged("a value of %d bytes".formatted(length));
    }
    byte[] value = new byte[length];
    from.get(value);
    return value;
  }

  private static ByteBuffer littleEndian(byte[] page) {
    return ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
