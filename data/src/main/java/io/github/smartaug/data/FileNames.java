package io.github.smartaug.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the names of files, and their first bytes, say. */
public final class FileNames {
  /** What Java puts in the place of bytes that the locale's character set does not have. */
  private static final char UNREADABLE = '\uFFFD';

  private FileNames() {}

  /** Whether a name begins with a dot: such files are for programs, not for people. */
  public static boolean isHidden(Path path) {
    return Datasets.fileName(path).startsWith(".");
  }

  /**
   * A path's last part; of a file, without what follows its last dot; of a {@link ShardPattern},
   * without the braces.
   */
  static String base(Path path) {
    String name = Datasets.fileName(path).replaceAll("[-_.]*\\{[^}]*\\}", "");
    int dot = name.lastIndexOf('.');
    return dot > 0 && !Files.isDirectory(path) ? name.substring(0, dot) : name;
  }

  /** Whether a file begins with these characters, of one byte each. */
  static boolean begins(Path file, String start) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] first = in.readNBytes(start.length());
      return new String(first, StandardCharsets.ISO_8859_1).equals(start);
    }
  }

  /**
   * Whether a path can be told in words: in the locale {@code POSIX}, Java cannot express other
   * letters than those of English. Such files can be opened, but no new path can be made of their
   * names.
   */
  public static boolean isReadable(Path path) {
    return path.toString().indexOf(UNREADABLE) < 0;
  }
}
