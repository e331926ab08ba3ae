package io.github.smartaug.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** What is in a folder, to see what a command has left there. */
final class FolderState {
  private FolderState() {}

  /** A checksum of every file; 0 for what is no regular file that can be read. */
  static Map<String, Long> of(Path folder) {
    Map<String, Long> state = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        state.put(folder.relativize(path).toString(), checksum(path));
      }
      return state;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long checksum(Path path) throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || !Files.isReadable(path)) {
      return 0;
    }
    CRC32 checksum = new CRC32();
    checksum.update(Files.readAllBytes(path));
    return checksum.getValue();
  }

  /**
   * What should not be there: temporary files in any case, and after wrong input everything that is
   * not as it was.
   */
  static List<String> halfWritten(Map<String, Long> before, Map<String, Long> after, int exitCode) {
    List<String> wrong = new ArrayList<>();
    for (String path : after.keySet()) {
      if (path.endsWith(".tmp") && !before.containsKey(path)) {
        wrong.add("leaves " + path);
      }
    }
    if (exitCode == Errors.WRONG_INPUT && !after.equals(before)) {
      wrong.add("leaves " + after.keySet() + " for " + before.keySet());
    }
    return wrong;
  }
}
