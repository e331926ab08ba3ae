package io.github.smartaug.tensor;

import io.github.smartaug.file.AtomicFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.bytedeco.pytorch.Tensor;

/**
 * A .npz archive, NumPy's format for several named arrays: a zip file of .npy files.
 *
 * <p>An array is read when it is asked for. Arrays of unsupported types, such as complex numbers,
 * are listed in {@link #keys} and cause no error until then.
 *
 * <pre>{@code
 * try (Npz npz = Npz.open(Path.of("reference.npz"))) {
 *   Tensor images = npz.tensor("images");
 *   List<String> names = npz.strings("names");
 * }
 * }</pre>
 */
public final class Npz implements AutoCloseable {
  private static final String SUFFIX = ".npy";

  private final String source;
  private final ZipSource zip;
  private final Map<String, String> entryByKey;

  private Npz(String source, ZipSource zip) {
    this.source = source;
    this.zip = zip;
    this.entryByKey = new LinkedHashMap<>();
    for (String entry : zip.entries()) {
      if (entry.endsWith(SUFFIX)) {
        entryByKey.put(entry.substring(0, entry.length() - SUFFIX.length()), entry);
      }
    }
    if (entryByKey.isEmpty() && !zip.entries().isEmpty()) {
      throw new IllegalArgumentException(source + ": not a .npz file (a zip file without .npy)");
    }
  }

  /**
   * Opens a file.
   *
   * @throws IllegalArgumentException if there is no such file or it is not a zip file
   */
  public static Npz open(Path file) throws IOException {
    return open(file.toString(), ZipSource.file(file));
  }

  /** Reads a whole archive into memory. The stream stays open. */
  public static Npz read(InputStream in) throws IOException {
    return read(in, "npz");
  }

  /**
   * As {@link #read(InputStream)}.
   *
   * @param source name of the stream for messages
   */
  public static Npz read(InputStream in, String source) throws IOException {
    return open(source, ZipSource.memory(in, source));
  }

  private static Npz open(String source, ZipSource zip) throws IOException {
    try {
      return new Npz(source, zip);
    } catch (RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /** Names of all arrays, in the order of the archive. */
  public Set<String> keys() {
    return Collections.unmodifiableSet(entryByKey.keySet());
  }

  /**
   * NumPy's name of the element type of an array, such as {@code <f4} or {@code <U12}.
   *
   * @throws IllegalArgumentException if there is no such array or its header is not readable
   */
  public String dtype(String key) throws IOException {
    return read(key, (in, size, name) -> NpyHeader.read(in, name).dtype());
  }

  /**
   * An array of numbers.
   *
   * @return a tensor on the CPU, in the current scope
   * @throws IllegalArgumentException if there is no such array, its type is not one that {@link
   *     Npy} reads, or the archive is damaged
   */
  public Tensor tensor(String key) throws IOException {
    return read(key, Npy::read);
  }

  /**
   * An array of text ({@code <U}), flattened in C order.
   *
   * @throws IllegalArgumentException as {@link #tensor}
   */
  public List<String> strings(String key) throws IOException {
    return read(key, Npy::readStrings);
  }

  /**
   * The elements of an array as bytes.
   *
   * @throws IllegalArgumentException if there is no such array, or its header is not readable
   */
  public NpyElements elements(String key) throws IOException {
    return NpyElements.of(zip.open(entry(key)), source(key));
  }

  /** All arrays that {@link Npy} can read, in the current scope. Others are left out. */
  public NamedTensors tensors() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String key : keys()) {
      if (ElementType.ofNumpyName(dtype(key)).isPresent()) {
        tensors.put(key, tensor(key));
      }
    }
    return NamedTensors.of(tensors);
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(InputStream in, long size, String name) throws IOException;
  }

  private <T> T read(String key, Reader<T> reader) throws IOException {
    String entry = entry(key);
    try (InputStream in = zip.open(entry)) {
      return reader.read(in, zip.size(entry), source(key));
    } catch (ZipException | EOFException e) {
      throw new IllegalArgumentException(source(key) + " is damaged: " + e.getMessage(), e);
    }
  }

  private String entry(String key) {
    String entry = entryByKey.get(key);
    if (entry == null) {
      throw new IllegalArgumentException(
          source + ": no array \"" + key + "\", allowed: " + String.join(", ", keys()));
    }
    return entry;
  }

  private String source(String key) {
    return source + ": array \"" + key + "\"";
  }

  /**
   * Writes a compressed archive, atomically. The same tensors give the same bytes.
   *
   * @throws IllegalArgumentException if the format has no type for a tensor
   */
  public static void write(Path file, NamedTensors tensors) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream packed = new ZipOutputStream(out);
          for (Map.Entry<String, Tensor> tensor : tensors.asMap().entrySet()) {
            ZipEntry entry = new ZipEntry(tensor.getKey() + SUFFIX);
            entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
            packed.putNextEntry(entry);
            Npy.write(packed, tensor.getValue());
            packed.closeEntry();
          }
          packed.finish();
        });
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    zip.close();
  }
}
