package io.github.smartaug.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes folders completely or not at all. It writes a temporary folder beside the target and, once
 * all files are on the disk, renames it to the target in one step.
 */
public final class AtomicFolder {
  private static final String TEMPORARY = ".partial-";

  /** Bytes that a file system allows in a name. */
  private static final int LONGEST = 255;

  private AtomicFolder() {}

  /** Writes the content of a folder. */
  @FunctionalInterface
  public interface Content {
    /** Writes all files into an empty folder, with {@link AtomicFile} or equally safely. */
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Writes a folder. An existing one is deleted just before the new one takes its name. If the
   * process ends between the two, neither is there.
   *
   * @throws IOException if writing fails; the temporary folder is then removed
   */
  public static void write(Path target, Content content) throws IOException {
    Path temporary = target.resolveSibling(temporaryName(target.getFileName().toString()));
    delete(temporary);
    try {
      Files.createDirectory(temporary);
      content.writeTo(temporary);
      sync(temporary);
      delete(target);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      sync(target.toAbsolutePath().getParent());
    } finally {
      delete(temporary);
    }
  }

  /** The same for each write, so that the next one deletes what an interrupted one left. */
  private static String temporaryName(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return TEMPORARY
        + (TEMPORARY.length() + bytes.length <= LONGEST ? name : UUID.nameUUIDFromBytes(bytes));
  }

  /** Whether a folder is the remains of a {@link #write} that was interrupted. */
  public static boolean isPartial(Path folder) {
    return folder.getFileName().toString().startsWith(TEMPORARY);
  }

  /** Deletes a folder and everything in it, if it exists. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(folder)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }

  /** Forces the file names of a folder to the disk, on systems that can. */
  private static void sync(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
