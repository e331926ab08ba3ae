package io.github.smartaug.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which folders of a data set are sets, and which are classes.
 *
 * <p>Folders are sets by their names, in any case: {@code train, training}; {@code val, valid,
 * validation}; {@code test, testing}. If one for training is there, each of its folders is a class,
 * and folders beside the sets are left out. If none is there, every folder that holds images, and
 * is no set, is a class. A folder called {@code train} that holds no folders, but stands beside
 * other folders of images, is a class, too: trains are things.
 *
 * @param training folders of its classes
 * @param validation folder of the set, if there is one
 * @param test folder of the set, if there is one
 */
record FolderLayout(List<Path> training, Optional<Path> validation, Optional<Path> test) {
  /** Whether a folder has one of the layouts. */
  static boolean isIn(Path folder) {
    if (folder.getParent() == null || !Files.isDirectory(folder) || !Files.isReadable(folder)) {
      return false;
    }
    List<Path> folders = ImageWalk.subfolders(folder, new FolderNotes(folder));
    return folders.stream().anyMatch(FolderLayout::isTraining)
        || folders.stream().anyMatch(f -> roleOf(f).isEmpty() && ImageWalk.seesImage(f));
  }

  /**
   * Looks at a folder.
   *
   * @param notes get what is left out
   * @throws IllegalArgumentException if it is not clear what is meant
   */
  static FolderLayout of(Path folder, FolderNotes notes) {
    Map<SetRole, Path> sets = new EnumMap<>(SetRole.class);
    List<Path> others = new ArrayList<>();
    for (Path subfolder : ImageWalk.subfolders(folder, notes)) {
      Optional<SetRole> role = roleOf(subfolder);
      if (role.isEmpty()) {
        others.add(subfolder);
      } else if (sets.put(role.get(), subfolder) != null) {
        throw new IllegalArgumentException(
            folder
                + ": has several folders for "
                + role.get().word()
                + ", allowed: one of "
                + role.get().names());
      }
    }
    List<Path> classes = others.stream().filter(ImageWalk::seesImage).toList();
    Path training = sets.get(SetRole.TRAINING);
    boolean natural =
        training == null || (!classes.isEmpty() && ImageWalk.subfolders(training, notes).isEmpty());
    return natural ? ofClasses(folder, sets, others, notes) : ofSets(sets, others, notes);
  }

  private static FolderLayout ofSets(
      Map<SetRole, Path> sets, List<Path> others, FolderNotes notes) {
    others.forEach(other -> notes.leaveOut(other, "beside the sets"));
    return new FolderLayout(
        classesOf(sets.get(SetRole.TRAINING), notes),
        Optional.ofNullable(sets.get(SetRole.VALIDATION)),
        Optional.ofNullable(sets.get(SetRole.TEST)));
  }

  private static FolderLayout ofClasses(
      Path folder, Map<SetRole, Path> sets, List<Path> others, FolderNotes notes) {
    List<Path> classes = new ArrayList<>();
    for (Path other : others) {
      if (ImageWalk.images(other, new FolderNotes(folder)).isEmpty()) {
        notes.leaveOut(other, "no images in it");
      } else {
        classes.add(other);
      }
    }
    if (sets.containsKey(SetRole.TRAINING)) {
      classes.add(sets.get(SetRole.TRAINING));
      classes.sort(null);
    }
    if (classes.size() < 2) {
      throw new IllegalArgumentException(
          folder
              + ": has images in "
              + (classes.isEmpty()
                  ? "no folder"
                  : "one folder only, " + Datasets.fileName(classes.get(0)))
              + ", allowed: a folder for each of several classes, or train/CLASS/");
    }
    ImageWalk.ownImages(folder).forEach(image -> notes.leaveOut(image, "in no class"));
    notes.add(classes.size() + " folders of images are the classes, as there is no train/CLASS/");
    return new FolderLayout(
        List.copyOf(classes),
        Optional.ofNullable(sets.get(SetRole.VALIDATION)),
        Optional.ofNullable(sets.get(SetRole.TEST)));
  }

  private static Optional<SetRole> roleOf(Path folder) {
    return SetRole.named(Datasets.fileName(folder));
  }

  private static boolean isTraining(Path folder) {
    return roleOf(folder).filter(role -> role == SetRole.TRAINING).isPresent();
  }

  /**
   * The folders in a set's folder.
   *
   * @throws IllegalArgumentException if there are none
   */
  static List<Path> classesOf(Path set, FolderNotes notes) {
    List<Path> classes = ImageWalk.subfolders(set, notes);
    if (classes.isEmpty()) {
      throw new IllegalArgumentException(
          set + ": has no folders, allowed: one folder of images per class");
    }
    ImageWalk.ownImages(set).forEach(image -> notes.leaveOut(image, "in no class"));
    return classes;
  }
}
