package io.github.smartaug.nn;

import io.github.smartaug.input.Excerpt;
import io.github.smartaug.tensor.MemoryNeed;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Checks all entries of a TorchScript archive before libtorch sees it: libtorch compares no
 * checksums, does not distinguish upper and lower case in names, and reads beyond the end of an
 * entry that is shorter than its tensors.
 */
final class ScriptArchive {
  private static final String PICKLE = ".pkl";
  private static final Pattern TENSORS = Pattern.compile("([^/]*/)(data|constants)\\.pkl");
  private static final String SOURCES = ".debug_pkl";
  private static final String CODE = ".py";

  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

  private ScriptArchive(ZipFile zip) {
    this.zip = zip;
  }

  /**
   * Checks an archive.
   *
   * @throws IllegalArgumentException that says what is wrong with which entry
   * @throws IOException if it cannot be read
   */
  static void check(ZipFile zip) throws IOException {
    ScriptArchive archive = new ScriptArchive(zip);
    for (ZipEntry entry : zip.stream().toList()) {
      if (archive.entries.put(lowerCase(entry.getName()), entry) != null) {
        throw damaged(entry, "is there twice");
      }
    }
    if (zip.getComment() != null) {
      throw new IllegalArgumentException("damaged, its archive has a comment, allowed: none");
    }
    archive.checkEntries();
  }

  private void checkEntries() throws IOException {
    Collection<ZipEntry> all = entries.values();
    MemoryNeed.requireOfMachine(
        "its entries", all.stream().mapToDouble(entry -> (double) entry.getSize()).sum());
    for (ZipEntry entry : all) {
      requireWhole(entry);
    }
    for (Map.Entry<String, ZipEntry> entry : entries.entrySet()) {
      if (TENSORS.matcher(entry.getKey()).matches()) {
        requireStorages(entry.getValue(), read(entry.getValue()));
      } else if (entry.getKey().endsWith(SOURCES)) {
        read(entry.getValue());
      } else if (entry.getKey().endsWith(CODE)) {
        requireCode(entry.getValue());
      }
    }
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

  private PickledTensors read(ZipEntry pickle) throws IOException {
    byte[] content = content(pickle);
    try {
      return ScriptPickle.read(content);
    } catch (IllegalArgumentException e) {
      throw damaged(pickle, e);
    }
  }

  private void requireCode(ZipEntry code) throws IOException {
    byte[] content = content(code);
    try {
      ScriptCode.check(content);
    } catch (IllegalArgumentException e) {
      throw damaged(code, e);
    }
  }

  private byte[] content(ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private void requireStorages(ZipEntry pickle, PickledTensors tensors) {
    String name = pickle.getName();
    String folder = name.substring(0, name.length() - PICKLE.length()) + "/";
    tensors
        .bytes()
        .forEach(
            (key, bytes) -> {
              ZipEntry entry = entries.get(lowerCase(folder + key));
              long size = entry == null ? 0 : entry.getSize();
              if (size < bytes) {
                throw new IllegalArgumentException(
                    "damaged, entry %s has %d bytes, allowed: at least %d"
                        .formatted(Excerpt.of(folder + key), size, bytes));
              }
            });
    MemoryNeed.requireOfMachine("its tensors", tensors.tensorBytes());
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static IllegalArgumentException damaged(ZipEntry entry, IllegalArgumentException cause) {
    IllegalArgumentException damaged = damaged(entry, cause.getMessage());
    damaged.initCause(cause);
    return damaged;
  }

  private static IllegalArgumentException damaged(ZipEntry entry, String what) {
    return new IllegalArgumentException(
        "damaged, entry %s %s, allowed: an archive as torch.jit.save wrote it"
            .formatted(Excerpt.of(entry.getName()), what));
  }
}
