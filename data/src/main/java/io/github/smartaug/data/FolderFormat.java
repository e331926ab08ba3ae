package io.github.smartaug.data;

import java.nio.file.Path;

/** A way in which a data set is stored in a folder. */
sealed interface FolderFormat permits IdxFolder, CifarFolder, ImageFolder {
  /** What the folder must hold, for messages. */
  String description();

  /** Whether the folder looks like one of this format; it may still be incomplete or damaged. */
  boolean recognizes(Path folder);

  /**
   * Reads all sets.
   *
   * @throws IllegalArgumentException if a file is missing, damaged, or does not fit the others
   */
  DatasetBundle read(Path folder, Resizing resizing);
}
