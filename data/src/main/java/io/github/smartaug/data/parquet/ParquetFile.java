package io.github.smartaug.data.parquet;

import io.github.smartaug.data.parquet.ParquetColumn.Kind;
import io.github.smartaug.file.FileFailure;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A Parquet file: its columns, and their values row by row.
 *
 * <p>Pages may be uncompressed, or compressed by Snappy, gzip, Zstandard or LZ4; of both versions;
 * plain or with a dictionary. Columns in lists and maps are left out. All methods throw an
 * IllegalArgumentException that names the file if it is damaged, or beyond this.
 */
public final class ParquetFile {
  private static final String MAGIC = "PAR1";
  private static final int TAIL = Integer.BYTES + MAGIC.length();
  private static final int LARGEST_FOOTER = 1 << 28;
  private static final int OPTIONAL = 1;
  private static final int REPEATED = 2;

  private final Path file;
  private final Thrift footer;
  private final List<ParquetColumn> columns;

  private ParquetFile(Path file, Thrift footer, List<ParquetColumn> columns) {
    this.file = file;
    this.footer = footer;
    this.columns = columns;
  }

  /** Whether a file begins as a Parquet file does. */
  public static boolean isParquet(Path path) {
    try (var in = Files.newInputStream(path)) {
      return Arrays.equals(in.readNBytes(MAGIC.length()), bytes(MAGIC));
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Reads what is said of the columns, none of their values. */
  public static ParquetFile open(Path path) {
    return reading(
        path,
        () -> {
          Thrift footer = footer(path);
          List<ParquetColumn> columns = new ArrayList<>();
          Iterator<Thrift> schema = footer.structs(2).iterator();
          if (schema.hasNext()) {
            addColumns(schema.next(), "", 0, schema, columns);
          }
          return new ParquetFile(path, footer, List.copyOf(columns));
        });
  }

  private static Thrift footer(Path path) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      long size = channel.size();
      ByteBuffer tail = read(channel, size - TAIL, TAIL);
      int length = tail.getInt();
      byte[] magic = new byte[MAGIC.length()];
      tail.get(magic);
      if (!Arrays.equals(magic, bytes(MAGIC))) {
        throw new EOFException();
      }
      if (length < 0 || length > Math.min(size - TAIL, LARGEST_FOOTER)) {
        throw Thrift.damaged("a footer of " + length + " bytes");
      }
      return Thrift.read(
          new ByteArrayInputStream(read(channel, size - TAIL - length, length).array()));
    }
  }

  private static ByteBuffer read(SeekableByteChannel channel, long from, int count)
      throws IOException {
    if (from < 0) {
      throw new EOFException();
    }
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    channel.position(from);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }

  /** The tree of structs is stored with every element before those within it. */
  private static void addColumns(
      Thrift parent, String path, int depth, Iterator<Thrift> schema, List<ParquetColumn> columns) {
    long children = parent.number(5).orElse(0L);
    for (long i = 0; i < children; i++) {
      if (!schema.hasNext()) {
        throw Thrift.damaged("a schema without its end");
      }
      Thrift element = schema.next();
      long repetition = element.number(3).orElse(0L);
      String name = path.isEmpty() ? element.text(4) : path + "." + element.text(4);
      // Lists are known by a depth that no level reaches.
      int inner =
          depth < 0 || repetition == REPEATED ? -1 : depth + (repetition == OPTIONAL ? 1 : 0);
      if (element.number(5).orElse(0L) > 0) {
        addColumns(element, name, inner, schema, columns);
      } else {
        columns.add(new ParquetColumn(name, inner < 0 ? Kind.OTHER : kind(element), inner));
      }
    }
  }

  private static Kind kind(Thrift element) {
    return switch (element.number(1).orElse(-1L).intValue()) {
      case 1 -> Kind.INT32;
      case 2 -> Kind.INT64;
      case 6 -> Kind.BYTES;
      default -> Kind.OTHER;
    };
  }

  /** All columns, in their order. */
  public List<ParquetColumn> columns() {
    return columns;
  }

  /** The column of that path, if its values can be read. */
  public Optional<ParquetColumn> column(String path) {
    return columns.stream()
        .filter(column -> column.path().equals(path) && column.kind() != Kind.OTHER)
        .findFirst();
  }

  /** What the writer put beside the table under a key. */
  public Optional<String> metadata(String key) {
    return footer.structs(5).stream()
        .filter(entry -> entry.text(1).equals(key))
        .map(entry -> entry.text(2))
        .findFirst();
  }

  /** Number of rows. */
  public long rows() {
    return footer.structs(4).stream().mapToLong(group -> group.number(3).orElse(0L)).sum();
  }

  /**
   * The values of some columns, row by row, in the order of the columns. Close it.
   *
   * @param wanted columns of this file
   */
  public Rows rows(List<ParquetColumn> wanted) {
    return new Rows(wanted);
  }

  /** Goes over the rows. */
  public final class Rows implements Iterator<Object[]>, AutoCloseable {
    private final List<ParquetColumn> wanted;
    private final Iterator<Thrift> groups = footer.structs(4).iterator();
    private final List<ColumnReader> readers = new ArrayList<>();
    private long left;

    private Rows(List<ParquetColumn> wanted) {
      this.wanted = List.copyOf(wanted);
    }

    @Override
    public boolean hasNext() {
      while (left == 0 && groups.hasNext()) {
        beginGroup(groups.next());
      }
      return left > 0;
    }

    private void beginGroup(Thrift group) {
      close();
      reading(
          file,
          () -> {
            for (ParquetColumn column : wanted) {
              readers.add(new ColumnReader(file, column, chunk(group, column)));
            }
            left = group.number(3).orElse(0L);
            return left;
          });
    }

    private static Thrift chunk(Thrift group, ParquetColumn column) {
      return group.structs(1).stream()
          .map(chunk -> chunk.struct(3))
          .filter(metadata -> String.join(".", metadata.texts(3)).equals(column.path()))
          .findFirst()
          .orElseThrow(() -> Thrift.damaged("no column " + column.path()));
    }

    @Override
    public Object[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      left--;
      return reading(
          file,
          () -> {
            Object[] row = new Object[readers.size()];
            for (int i = 0; i < row.length; i++) {
              row[i] = readers.get(i).next();
            }
            return row;
          });
    }

    @Override
    public void close() {
      reading(
          file,
          () -> {
            for (ColumnReader reader : readers) {
              reader.close();
            }
            readers.clear();
            return null;
          });
    }
  }

  /** Something that is read from the file. */
  private interface Reading<T> {
    T run() throws IOException;
  }

  private static <T> T reading(Path file, Reading<T> reading) {
    try {
      return reading.run();
    } catch (EOFException | BufferUnderflowException e) {
      throw new IllegalArgumentException(
          file + ": is cut short or damaged, allowed: a whole Parquet file", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + ": cannot be read (" + FileFailure.reason(e) + "), allowed: a whole Parquet file",
          e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }
}
