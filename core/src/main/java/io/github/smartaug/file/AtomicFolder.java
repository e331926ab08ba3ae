package io.github.smartaug.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes folders that are either complete or not there: under a temporary name beside the target,
 * which takes the name of the target in one step once all files are on the disk.
 */
public final class AtomicFolder {
  private static final String TEMPORARY = ".partial-";

  private AtomicFolder() {}

  /** What is to be written. */
  @FunctionalInterface
  public interface Content {
    /** Writes all files into an empty folder, by {@link AtomicFile} or as safely. */
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Writes a folder. An existing one is replaced; if the process ends in between, it is missing.
   *
   * @throws IOException if writing fails; nothing is left behind then
   */
  public static void write(Path target, Content content) throws IOException {
    Path temporary = target.resolveSibling(TEMPORARY + target.getFileName());
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

  /** Whether that is what an interrupted {@link #write} left behind. */
  public static boolean isPartial(Path folder) {
    return folder.getFileName().toString().startsWith(TEMPORARY);
  }

  /** Deletes a folder with all that is in it; not there is fine. */
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

  /** Brings the names in a folder to the disk, where the system can. */
  private static void sync(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
