package io.github.smartaug.data;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is noteworthy of a folder of images, in sentences whose order follows from the folder. */
final class FolderNotes {
  private static final int SHOWN = 3;

  private final Path root;
  private final List<String> sentences = new ArrayList<>();
  private final Map<String, List<Path>> leftOut = new TreeMap<>();
  private int inSubfolders;

  FolderNotes(Path root) {
    this.root = root;
  }

  /** The folder of the data set. */
  Path root() {
    return root;
  }

  void add(String sentence) {
    sentences.add(sentence);
  }

  /**
   * Something is not used.
   *
   * @param reason goes on after {@code left out}
   */
  void leaveOut(Path path, String reason) {
    leftOut.computeIfAbsent(reason, key -> new ArrayList<>()).add(path);
  }

  /** Images are not used because they cannot be read. */
  void leaveOutUnreadable(List<String> names) {
    if (!names.isEmpty()) {
      add(
          names.size()
              + (names.size() == 1 ? " image" : " images")
              + " left out, unreadable: "
              + firstOf(names.stream().sorted().toList()));
    }
  }

  void countInSubfolders(int images) {
    inSubfolders += images;
  }

  List<String> sentences() {
    List<String> all = new ArrayList<>(sentences);
    if (inSubfolders > 0) {
      all.add(
          inSubfolders
              + (inSubfolders == 1 ? " image lies" : " images lie")
              + " in subfolders of the classes");
    }
    leftOut.forEach((reason, paths) -> all.add("left out, " + reason + ": " + names(root, paths)));
    return all;
  }

  /** Paths below a folder, the first few of them by name. */
  static String names(Path root, List<Path> paths) {
    return firstOf(paths.stream().sorted().map(path -> name(root, path)).toList());
  }

  /** The first few names, and how many more there are. */
  static String firstOf(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() <= SHOWN ? first : first + " and " + (names.size() - SHOWN) + " more";
  }

  /** A path below a folder, with {@code /} on every system. */
  static String name(Path root, Path path) {
    return root.relativize(path).toString().replace(File.separatorChar, '/');
  }
}
