package io.github.smartaug.data.published;

import io.github.smartaug.data.TarReader;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.input.Excerpt;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A {@code .zip}, {@code .tar}, {@code .tar.gz} or {@code .tgz} file, and taking files out of it.
 * Names that lead out of the folder are refused, as are links, a file that is there twice, and an
 * archive that unpacks to more than ten times its size.
 */
final class Archive {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final long GROWTH = 10;

  /** Small archives may grow by more. */
  private static final long ALWAYS_ALLOWED = 1 << 20;

  /** Parts of a path that lead elsewhere; the empty one is that before a slash at its begin. */
  private static final Set<String> NOT_NAMES = Set.of("", ".", "..");

  /** Of Java's heap, a file in a tar archive may take this part. */
  private static final int PARTS = 2;

  private final Path file;
  private final Unpacking unpacking;
  private final Stop stop;
  private final long mostBytes;
  private Path folder;
  private long bytes;

  Archive(Path file, Unpacking unpacking, Stop stop) throws IOException {
    this.file = file;
    this.unpacking = unpacking;
    this.stop = stop;
    this.mostBytes = ALWAYS_ALLOWED + GROWTH * Files.size(file);
  }

  /**
   * Takes out all that is asked for.
   *
   * @param target an empty folder
   * @throws IOException if the archive is damaged, does not hold what it should, or the disk is
   *     full
   */
  void unpackInto(Path target) throws IOException {
    folder = target;
    try {
      if (file.toString().endsWith(".zip")) {
        unzip();
      } else {
        untar();
      }
    } catch (EOFException | ZipException | IllegalArgumentException e) {
      String reason = e instanceof EOFException ? "is cut short" : e.getMessage();
      throw new IOException(file + ": cannot be unpacked: " + reason, e);
    }
    for (String name : unpacking.holds()) {
      if (!Files.isRegularFile(target.resolve(name))) {
        throw new IOException(file + ": cannot be unpacked: has no " + name);
      }
    }
  }

  private void unzip() throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!entry.isDirectory() && entry.getName().startsWith(unpacking.members())) {
          try (InputStream in = zip.getInputStream(entry)) {
            write(entry.getName(), in);
          }
        }
      }
    }
  }

  private void untar() throws IOException {
    try (InputStream in = open()) {
      TarReader reader = new TarReader(in, Runtime.getRuntime().maxMemory() / PARTS);
      Optional<TarReader.Entry> entry = reader.next();
      while (entry.isPresent()) {
        String name = entry.get().name().replaceFirst("^(\\./)+", "");
        if (name.startsWith(unpacking.members())) {
          write(name, new ByteArrayInputStream(entry.get().content()));
        }
        entry = reader.next();
      }
    }
  }

  private InputStream open() throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      return file.toString().endsWith(".tar") ? in : new GZIPInputStream(in, BUFFER_BYTES);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private void write(String name, InputStream content) throws IOException {
    stop.check();
    Path target = inside(name);
    Files.createDirectories(target.getParent());
    try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        bytes += count;
        if (bytes > mostBytes) {
          throw new IllegalArgumentException(
              "more than %d bytes come out of it, allowed: ten times its size"
                  .formatted(mostBytes));
        }
        write(out, buffer, count, target);
      }
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException("has " + name + " twice, allowed: each file once", e);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int count, Path target)
      throws IOException {
    try {
      out.write(buffer, 0, count);
    } catch (IOException e) {
      throw new IOException(target + ": cannot be written: " + FileFailure.reason(e), e);
    }
  }

  private Path inside(String name) {
    boolean plain =
        !name.matches("(?s)[A-Za-z]:.*|.*[\\\\\\x00].*")
            && Arrays.stream(name.split("/", -1)).noneMatch(NOT_NAMES::contains);
    Path target = plain ? folder.resolve(name).normalize() : folder;
    if (target.equals(folder) || !target.startsWith(folder)) {
      throw new IllegalArgumentException(
          "has a file named \"%s\", allowed: names within the folder".formatted(Excerpt.of(name)));
    }
    return target;
  }
}
