package io.github.smartaug.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Writes files completely or not at all. It writes a temporary file in the same folder and, once
 * all of it is on the disk, renames it to the target in one step.
 *
 * <p>A reader never sees half a file. If writing is interrupted, the previous version is still
 * there.
 */
public final class AtomicFile {
  private static final int BUFFER = 1 << 16;
  private static final String SUFFIX = ".tmp";
  private static final Pattern TEMPORARY =
      Pattern.compile("\\.\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\" + SUFFIX);

  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes the whole content; need not flush or close. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a text in UTF-8. */
  public static void write(Path target, String text) throws IOException {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes a file. An existing one is replaced; a symbolic link stays and its target is replaced; a
   * device or pipe such as {@code /dev/stdout} is written directly.
   *
   * @throws IllegalArgumentException if the folder of {@code target} does not exist, or {@code
   *     target} is itself a folder
   * @throws IOException if writing fails. The temporary file is then removed, also if {@code
   *     content} throws anything else
   */
  public static void write(Path target, Content content) throws IOException {
    if (Files.isDirectory(target)) {
      throw new IllegalArgumentException(target + ": is a folder, allowed: the name of a file");
    }
    if (Files.exists(target)) {
      if (Files.isRegularFile(target)) {
        replace(target.toRealPath(), content);
      } else {
        writeThrough(target, content);
      }
      return;
    }
    replace(target.toAbsolutePath(), content);
  }

  /** Whether a file is the remains of a {@link #write} that was interrupted. */
  public static boolean isTemporary(Path file) {
    return TEMPORARY.matcher(file.getFileName().toString()).matches();
  }

  private static void replace(Path target, Content content) throws IOException {
    Path folder = target.getParent();
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          target
              + ": the folder "
              + folder
              + " does not exist, allowed: a file in an existing folder");
    }
    // Not Files.createTempFile, which makes files that only their owner can read. Without the name
    // of the target, which may be as long as a name can be.
    Path temporary = folder.resolve("." + UUID.randomUUID() + SUFFIX);
    try {
      writeSynced(temporary, content);
      move(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void writeSynced(Path file, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      writeBuffered(Channels.newOutputStream(channel), content);
      // Without it a power failure after the rename could leave an empty file under the new name.
      channel.force(true);
    }
  }

  private static void writeThrough(Path device, Content content) throws IOException {
    try (OutputStream out = Files.newOutputStream(device, StandardOpenOption.WRITE)) {
      writeBuffered(out, content);
    }
  }

  private static void writeBuffered(OutputStream out, Content content) throws IOException {
    OutputStream buffered = new BufferedOutputStream(out, BUFFER);
    content.writeTo(buffered);
    buffered.flush();
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
