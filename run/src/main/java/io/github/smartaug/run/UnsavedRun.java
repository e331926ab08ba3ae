package io.github.smartaug.run;

import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.file.AtomicFolder;
import io.github.smartaug.file.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a run leaves that is ended before it has described itself. */
final class UnsavedRun {
  private UnsavedRun() {}

  /**
   * Whether a folder holds nothing but what a run writes first.
   *
   * @throws IllegalArgumentException if the folder cannot be read
   */
  static boolean isAllOf(RunFolder folder) {
    boolean described = hasReadme(folder);
    try (Stream<Path> entries = Files.walk(folder.path())) {
      return entries.allMatch(
          entry ->
              Files.isDirectory(entry)
                  || entry.endsWith(RunLock.FILE)
                  || AtomicFile.isTemporary(entry)
                  || AtomicFolder.isPartial(entry.getParent())
                  || (described && isWrittenFirst(folder, entry)));
    } catch (UncheckedIOException e) {
      throw unreadable(folder, e.getCause());
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static boolean isWrittenFirst(RunFolder folder, Path entry) {
    return entry.equals(folder.file(RunFile.README))
        || entry.equals(folder.file(RunFile.INITIAL))
        || entry.equals(folder.file(RunFile.ARCHITECTURE))
        || entry.equals(folder.file(RunFile.SPLIT));
  }

  /** Others have files of that name, too. */
  private static boolean hasReadme(RunFolder folder) {
    try {
      Path file = folder.file(RunFile.README);
      return Files.isRegularFile(file)
          && Files.readString(file).startsWith(RunDescription.README_START);
    } catch (IOException e) {
      return false;
    }
  }

  private static IllegalArgumentException unreadable(RunFolder folder, IOException e) {
    return new IllegalArgumentException(
        folder.path() + ": cannot be read: " + FileFailure.reason(e), e);
  }
}
