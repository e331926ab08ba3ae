package io.github.smartaug.data.published;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The beginning of a file that is being downloaded, {@code NAME.part}, and beside it what the
 * server said of the version that it belongs to.
 */
final class PartialFile {
  private final Path whole;
  private final Path part;
  private final Path version;

  PartialFile(Path folder, String name) {
    whole = folder.resolve(name);
    part = folder.resolve(name + ".part");
    version = folder.resolve(name + ".version");
  }

  /** Bytes that are here. */
  long size() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /** Where they are. */
  Path path() {
    return part;
  }

  /** Opens the file to go on with it. */
  OutputStream append() throws IOException {
    // Not one of NIO, whose files are closed when their thread is interrupted.
    return new FileOutputStream(part.toFile(), true);
  }

  /** What an address called the version that the bytes are from. */
  Optional<String> versionAt(URI address) throws IOException {
    if (!Files.exists(version)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(version, StandardCharsets.UTF_8);
    return lines.size() == 2 && lines.get(0).equals(address.toString())
        ? Optional.of(lines.get(1))
        : Optional.empty();
  }

  /**
   * Throws away the bytes, and begins with a version.
   *
   * @param name that the address has for it, if it has any
   */
  void beginWith(URI address, Optional<String> name) throws IOException {
    delete();
    if (name.isPresent()) {
      Files.writeString(version, address + "\n" + name.get() + "\n");
    }
  }

  /** Throws away the bytes. */
  void delete() throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(version);
  }

  /** The bytes are the file: gives it its name. */
  void complete() throws IOException {
    Files.deleteIfExists(version);
    Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
  }
}
