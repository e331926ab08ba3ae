package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The image files of one set, sorted by class and, within a class, by path.
 *
 * @param classes folder of class 0, 1, ...
 * @param files class by class
 * @param labels class of each file
 */
record ImageListing(List<Path> classes, List<Path> files, List<Integer> labels) {
  static final ImageListing EMPTY = new ImageListing(List.of(), List.of(), List.of());

  /**
   * Lists a set.
   *
   * @param classes their folders, in order
   * @param notes get what is left out
   * @throws IllegalArgumentException if there is a class without images
   */
  static ImageListing of(List<Path> classes, FolderNotes notes) {
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      requireReadableName(classes.get(label));
      List<Path> images = ImageWalk.images(classes.get(label), notes);
      if (images.isEmpty()) {
        throw new IllegalArgumentException(
            classes.get(label) + ": has no images, allowed: at least one image per class");
      }
      files.addAll(images);
      for (int i = 0; i < images.size(); i++) {
        labels.add(label);
      }
    }
    return new ImageListing(classes, files, labels);
  }

  /** Runs record the names of classes; two that cannot be told apart would become one. */
  private static void requireReadableName(Path folder) {
    if (!FileNames.isReadable(folder)) {
      throw new IllegalArgumentException(
          folder
              + ": a name that the character set of the locale, "
              + System.getProperty("sun.jnu.encoding")
              + ", cannot express, allowed: such classes with LC_ALL=C.UTF-8 or another locale");
    }
  }

  static List<Path> concatenate(List<ImageListing> listings) {
    return listings.stream().flatMap(listing -> listing.files().stream()).toList();
  }

  List<String> classNames() {
    return classes.stream().map(Datasets::fileName).toList();
  }

  int size() {
    return files.size();
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /**
   * The set without some of its files.
   *
   * @throws IllegalArgumentException if that leaves a class without images
   */
  ImageListing without(Set<Path> bad) {
    int[] kept = IntStream.range(0, size()).filter(i -> !bad.contains(files.get(i))).toArray();
    if (kept.length == size()) {
      return this;
    }
    ImageListing remaining =
        new ImageListing(
            classes,
            IntStream.of(kept).mapToObj(files::get).toList(),
            IntStream.of(kept).mapToObj(labels::get).toList());
    Set<Integer> left = Set.copyOf(remaining.labels);
    for (int label = 0; label < classes.size(); label++) {
      if (!left.contains(label)) {
        throw new IllegalArgumentException(
            classes.get(label)
                + ": none of its images can be used, allowed: at least one image per class");
      }
    }
    return remaining;
  }

  /** The data set of these files, once decoded, under their names below a folder. */
  ImageDataset toDataset(ImageShape shape, List<StoredImage> images, Path root) {
    return ImageDataset.ofStored(
            shape,
            classNames(),
            images.toArray(StoredImage[]::new),
            labels.stream().mapToInt(Integer::intValue).toArray())
        .named(i -> FolderNotes.name(root, files.get(i)));
  }
}
