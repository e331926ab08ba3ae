package io.github.smartaug.data;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
    String first =
        paths.stream()
            .sorted()
            .limit(SHOWN)
            .map(path -> name(root, path))
            .collect(Collectors.joining(", "));
    return paths.size() <= SHOWN ? first : first + " and " + (paths.size() - SHOWN) + " more";
  }

  /** A path below a folder, with {@code /} on every system. */
  static String name(Path root, Path path) {
    return root.relativize(path).toString().replace(File.separatorChar, '/');
  }
}
