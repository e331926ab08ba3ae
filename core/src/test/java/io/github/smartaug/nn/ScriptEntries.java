package io.github.smartaug.nn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The entries of a TorchScript file, to be written again with others. */
final class ScriptEntries {
  private ScriptEntries() {}

  static Map<String, byte[]> of(Path file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  /** With one entry changed; stored as libtorch stores them, with the right checksums. */
  static void write(Path file, Map<String, byte[]> entries, String changed, byte[] content)
      throws IOException {
    Map<String, byte[]> written = new LinkedHashMap<>(entries);
    written.put(changed, content);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> one : written.entrySet()) {
        ZipEntry entry = new ZipEntry(one.getKey());
        CRC32 sum = new CRC32();
        sum.update(one.getValue());
        entry.setSize(one.getValue().length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(one.getValue());
      }
    }
  }
}
