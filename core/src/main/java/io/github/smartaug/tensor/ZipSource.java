package io.github.smartaug.tensor;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** The entries of a zip file, on disk or in memory. */
sealed interface ZipSource extends AutoCloseable {
  /** Names in the order of the archive. */
  Set<String> entries();

  /** Size of an entry in bytes, unpacked; {@link Long#MAX_VALUE} when the archive does not say. */
  long size(String entry);

  /** A stream of the unpacked bytes of an entry. */
  InputStream open(String entry) throws IOException;

  @Override
  void close() throws IOException;

  /** Entries of a file, unpacked when they are opened. */
  static ZipSource file(Path file) throws IOException {
    InputFile.requireRegular(file);
    try {
      return new OnDisk(new ZipFile(file.toFile()));
    } catch (ZipException e) {
      throw new IllegalArgumentException(file + ": not a .npz file (" + e.getMessage() + ")", e);
    }
  }

  /** Entries of a stream, all unpacked at once. */
  static ZipSource memory(InputStream in, String source) throws IOException {
    PushbackInputStream peeked = new PushbackInputStream(in, 2);
    byte[] magic = peeked.readNBytes(2);
    peeked.unread(magic);
    if (!Arrays.equals(magic, new byte[] {'P', 'K'})) {
      throw new IllegalArgumentException(source + ": not a .npz file (not a zip file)");
    }
    Map<String, byte[]> contents = new LinkedHashMap<>();
    ZipInputStream zip = new ZipInputStream(peeked);
    try {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        contents.put(entry.getName(), zip.readAllBytes());
      }
    } catch (ZipException | EOFException e) {
      throw new IllegalArgumentException(
          source + ": not a .npz file, or truncated (" + e.getMessage() + ")", e);
    }
    return new InMemory(contents);
  }

  /** See {@link #file}. */
  record OnDisk(ZipFile zip) implements ZipSource {
    @Override
    public Set<String> entries() {
      Set<String> names = new LinkedHashSet<>();
      zip.stream().forEach(entry -> names.add(entry.getName()));
      return names;
    }

    @Override
    public long size(String entry) {
      long size = zip.getEntry(entry).getSize();
      return size < 0 ? Long.MAX_VALUE : size;
    }

    @Override
    public InputStream open(String entry) throws IOException {
      ZipEntry stored = zip.getEntry(entry);
      return new ChecksumStream(zip.getInputStream(stored), stored.getCrc());
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }

  /** See {@link #memory}. */
  record InMemory(Map<String, byte[]> contents) implements ZipSource {
    @Override
    public Set<String> entries() {
      return Collections.unmodifiableSet(contents.keySet());
    }

    @Override
    public long size(String entry) {
      return contents.get(entry).length;
    }

    @Override
    public InputStream open(String entry) {
      return new ByteArrayInputStream(contents.get(entry));
    }

    @Override
    public void close() {}
  }
}
