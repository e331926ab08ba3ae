package io.github.smartaug.cli.images;

import io.github.smartaug.data.FileNames;
import io.github.smartaug.data.ImageFormat;
import io.github.smartaug.file.FileFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/**
 * The files of a folder and its subfolders, sorted by their path within it. Hidden files that are
 * no images, such as {@code .DS_Store}, are left out without a word.
 *
 * @param folder the folder
 * @param images files that are images by their names or their first bytes
 * @param hidden folders and images whose names begin with a dot; nobody asked for them
 * @param bad why other files and folders cannot be read, one line each
 */
public record FolderListing(Path folder, List<Path> images, List<Path> hidden, List<String> bad) {
  /**
   * Lists a folder.
   *
   * @throws IllegalArgumentException if there are no images
   */
  public static FolderListing of(Path folder) throws IOException {
    Collector collector = new Collector(folder);
    Files.walkFileTree(
        folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, collector);
    if (collector.images.isEmpty()) {
      throw new IllegalArgumentException(
          folder
              + ": has no images"
              + (collector.hidden.isEmpty()
                  ? ""
                  : " but those that are hidden, such as " + collector.hidden.get(0))
              + ", allowed: at least one "
              + ImageFormat.allowedSuffixes());
    }
    collector.images.sort(Comparator.comparing(image -> name(folder, image)));
    collector.bad.sort(Comparator.naturalOrder());
    collector.hidden.sort(null);
    return new FolderListing(folder, collector.images, collector.hidden, collector.bad);
  }

  /** The path of a file within the folder, with {@code /} on every system. */
  public String name(Path file) {
    return name(folder, file);
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace(File.separatorChar, '/');
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> images = new ArrayList<>();
    private final List<Path> hidden = new ArrayList<>();
    private final List<String> bad = new ArrayList<>();

    Collector(Path root) {
      this.root = root;
    }

    private boolean isHidden(Path path) {
      return !path.equals(root) && FileNames.isHidden(path);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (!isHidden(folder)) {
        return FileVisitResult.CONTINUE;
      }
      hidden.add(folder);
      return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isHidden(file)) {
        if (ImageFormat.ofContent(file).isPresent()) {
          hidden.add(file);
        }
      } else if (!FileNames.isReadable(file)) {
        bad.add(
            file
                + ": a name that the character set of the locale, "
                + System.getProperty("sun.jnu.encoding")
                + ", cannot express, allowed: such names with LC_ALL=C.UTF-8");
      } else if (attributes.isRegularFile() && ImageFormat.of(file).isPresent()) {
        images.add(file);
      } else {
        bad.add(file + ": not an image, allowed: " + ImageFormat.allowedSuffixes());
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException error) {
      if (!isHidden(file)) {
        bad.add(file + ": cannot be read (" + FileFailure.reason(error) + ")");
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
