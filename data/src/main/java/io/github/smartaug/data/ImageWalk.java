package io.github.smartaug.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the images of a class: regular files in its folder and all subfolders, links followed, that
 * are images by their names or by their content.
 *
 * <p>Left out, and noted: what is hidden (files only if they are images), links that lead back to a
 * folder above, pipes and devices, files of other kinds, and folders that cannot be listed.
 */
final class ImageWalk extends SimpleFileVisitor<Path> {
  private static final String LEADS_BACK = "a link that leads back to a folder above it";
  private static final int DEPTH_OF_A_GLANCE = 3;

  private final Path root;
  private final FolderNotes notes;
  private final List<Path> images = new ArrayList<>();

  private ImageWalk(Path root, FolderNotes notes) {
    this.root = root;
    this.notes = notes;
  }

  /** The images below a folder, sorted. */
  static List<Path> images(Path folder, FolderNotes notes) {
    ImageWalk walk = new ImageWalk(folder, notes);
    try {
      Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    } catch (IOException e) {
      throw cannotBeListed(folder, e);
    }
    walk.images.sort(null);
    long direct = walk.images.stream().filter(image -> folder.equals(image.getParent())).count();
    notes.countInSubfolders(walk.images.size() - (int) direct);
    return walk.images;
  }

  /** Whether there is an image in a folder or not far below it. */
  static boolean seesImage(Path folder) {
    return seesImage(folder, DEPTH_OF_A_GLANCE);
  }

  private static boolean seesImage(Path folder, int depth) {
    if (depth == 0 || !Files.isReadable(folder)) {
      return false;
    }
    List<Path> visible =
        children(folder).stream().filter(entry -> !FileNames.isHidden(entry)).toList();
    return visible.stream().anyMatch(ImageWalk::isImage)
        || visible.stream().anyMatch(e -> Files.isDirectory(e) && seesImage(e, depth - 1));
  }

  /** Visible subfolders, sorted. */
  static List<Path> subfolders(Path folder, FolderNotes notes) {
    List<Path> visible = new ArrayList<>();
    for (Path entry : children(folder)) {
      if (!Files.isDirectory(entry)) {
        continue;
      }
      if (FileNames.isHidden(entry)) {
        notes.leaveOut(entry, "hidden");
      } else if (leadsBack(entry, folder)) {
        notes.leaveOut(entry, LEADS_BACK);
      } else {
        visible.add(entry);
      }
    }
    return visible;
  }

  /** Visible images in the folder itself, sorted. */
  static List<Path> ownImages(Path folder) {
    return children(folder).stream()
        .filter(entry -> !FileNames.isHidden(entry) && isImage(entry))
        .toList();
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw cannotBeListed(folder, e);
    }
  }

  private static IllegalArgumentException cannotBeListed(Path folder, Exception error) {
    return new IllegalArgumentException(
        folder + ": cannot be listed (" + error.getMessage() + "), allowed: a readable folder",
        error);
  }

  private static boolean isImage(Path file) {
    return Files.isRegularFile(file) && ImageFormat.of(file).isPresent();
  }

  private static boolean isNamedAsImage(Path file) {
    return ImageFormat.ofName(file).isPresent();
  }

  /** A walk itself notices only the folders below which it has begun. */
  private static boolean leadsBack(Path folder, Path root) {
    try {
      if (!Files.isSymbolicLink(folder)) {
        return false;
      }
      Path target = folder.toRealPath();
      return folder.toAbsolutePath().getParent().toRealPath().startsWith(target)
          || root.toRealPath().startsWith(target);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    if (folder.equals(root)) {
      return FileVisitResult.CONTINUE;
    }
    if (FileNames.isHidden(folder)) {
      notes.leaveOut(folder, "hidden");
      return FileVisitResult.SKIP_SUBTREE;
    }
    if (leadsBack(folder, notes.root())) {
      notes.leaveOut(folder, LEADS_BACK);
      return FileVisitResult.SKIP_SUBTREE;
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, IOException error) {
    if (!folder.equals(root)
        && isNamedAsImage(folder)
        && images.stream().noneMatch(image -> image.startsWith(folder))) {
      notes.leaveOut(folder, "a folder that is named as an image");
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (FileNames.isHidden(file)) {
      if (ImageFormat.ofContent(file).isPresent()) {
        notes.leaveOut(file, "hidden");
      }
    } else if (isImage(file) || (attributes.isSymbolicLink() && isNamedAsImage(file))) {
      // A link is one that leads nowhere: it counts as an image that cannot be read.
      images.add(file);
    } else if (attributes.isRegularFile()) {
      notes.leaveOut(file, "no image of a known format");
    } else {
      notes.leaveOut(file, "not a regular file");
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException error) {
    if (error instanceof FileSystemLoopException) {
      notes.leaveOut(file, LEADS_BACK);
    } else {
      notes.leaveOut(file, "cannot be read");
    }
    return FileVisitResult.CONTINUE;
  }
}
