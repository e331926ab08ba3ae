package io.github.smartaug.nn;

import io.github.smartaug.input.Excerpt;
import io.github.smartaug.tensor.MemoryNeed;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The entries of an archive that PyTorch wrote, each of another name, whole and of the checksum
 * that it was written with.
 */
final class ArchiveEntries {
  private static final String PICKLE = ".pkl";

  private final ZipFile zip;
  private final String writer;
  private final Map<String, ZipEntry> byName = new LinkedHashMap<>();

  private ArchiveEntries(ZipFile zip, String writer) {
    this.zip = zip;
    this.writer = writer;
  }

  /**
   * Checks all entries.
   *
   * @param writer the function of Python that writes such archives, for messages
   * @throws IllegalArgumentException that says what is wrong with which entry
   * @throws IOException if the archive cannot be read
   */
  static ArchiveEntries checked(ZipFile zip, String writer) throws IOException {
    ArchiveEntries archive = new ArchiveEntries(zip, writer);
    for (ZipEntry entry : zip.stream().toList()) {
      if (archive.byName.put(lowerCase(entry.getName()), entry) != null) {
        throw archive.damaged(entry, "is there twice");
      }
    }
    if (zip.getComment() != null) {
      throw new IllegalArgumentException("damaged, its archive has a comment, allowed: none");
    }
    MemoryNeed.requireOfMachine(
        "its entries", archive.all().stream().mapToDouble(entry -> (double) entry.getSize()).sum());
    for (ZipEntry entry : archive.all()) {
      archive.requireWhole(entry);
    }
    return archive;
  }

  private void requireWhole(ZipEntry entry) throws IOException {
    CRC32 checksum = new CRC32();
    long size = 0;
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), checksum)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        size += read;
      }
    } catch (ZipException | EOFException e) {
      IllegalArgumentException damaged = damaged(entry, "cannot be unpacked");
      damaged.initCause(e);
      throw damaged;
    }
    if (size != entry.getSize()) {
      throw damaged(entry, "has " + size + " bytes and not " + entry.getSize());
    }
    if (checksum.getValue() != entry.getCrc()) {
      throw damaged(entry, "has another checksum than when it was written");
    }
  }

  /** In the order of the archive. */
  Collection<ZipEntry> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** The entry of that name, in upper or lower case. */
  Optional<ZipEntry> find(String name) {
    return Optional.ofNullable(byName.get(lowerCase(name)));
  }

  /** The folder of tensors that belongs to a pickle, with the slash at its end. */
  static String folderOf(ZipEntry pickle) {
    String name = pickle.getName();
    return name.substring(0, name.length() - PICKLE.length()) + "/";
  }

  /** The content of an entry. */
  InputStream open(ZipEntry entry) throws IOException {
    return zip.getInputStream(entry);
  }

  /**
   * Reads an entry that fits into Java's heap.
   *
   * @throws IllegalArgumentException that says what the reader said, and names the entry
   */
  <T> T read(ZipEntry entry, Function<byte[], T> reader) throws IOException {
    MemoryNeed.requireOfHeap("its entry " + Excerpt.of(entry.getName()), (double) entry.getSize());
    try (InputStream in = open(entry)) {
      return reader.apply(in.readAllBytes());
    } catch (IllegalArgumentException e) {
      IllegalArgumentException damaged = damaged(entry, e.getMessage());
      damaged.initCause(e);
      throw damaged;
    }
  }

  /** Checks that the storages of a pickle are there, and as large as their tensors need. */
  void requireStorages(ZipEntry pickle, PickledTensors tensors) {
    String folder = folderOf(pickle);
    tensors
        .bytes()
        .forEach(
            (key, bytes) -> {
              long size = find(folder + key).map(ZipEntry::getSize).orElse(0L);
              if (size < bytes) {
                throw new IllegalArgumentException(
                    "damaged, entry %s has %d bytes, allowed: at least %d"
                        .formatted(Excerpt.of(folder + key), size, bytes));
              }
            });
    MemoryNeed.requireOfMachine("its tensors", tensors.tensorBytes());
  }

  static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private IllegalArgumentException damaged(ZipEntry entry, String what) {
    return new IllegalArgumentException(
        "damaged, entry %s %s, allowed: an archive as %s wrote it"
            .formatted(Excerpt.of(entry.getName()), what, writer));
  }
}
