package io.github.smartaug.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The image files of one set, {@code FOLDER/CLASS/*}, sorted by class and file name.
 *
 * @param classNames name of class 0, 1, ...
 * @param files class by class
 * @param labels class of each file
 */
record ImageListing(List<String> classNames, List<Path> files, List<Integer> labels) {
  private static final Logger LOG = LoggerFactory.getLogger(ImageListing.class);

  /**
   * Lists a set.
   *
   * @throws IllegalArgumentException if there are no classes, or there is a class without images
   */
  static ImageListing of(Path folder) {
    List<Path> classes = children(folder).stream().filter(Files::isDirectory).toList();
    if (classes.isEmpty()) {
      throw new IllegalArgumentException(
          folder + ": has no folders, allowed: one folder of images per class");
    }
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      for (Path file : images(classes.get(label))) {
        files.add(file);
        labels.add(label);
      }
    }
    return new ImageListing(classes.stream().map(Datasets::fileName).toList(), files, labels);
  }

  static ImageListing empty(List<String> classNames) {
    return new ImageListing(classNames, List.of(), List.of());
  }

  static List<Path> concatenate(List<ImageListing> listings) {
    return listings.stream().flatMap(listing -> listing.files().stream()).toList();
  }

  int size() {
    return files.size();
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /** The data set of these files, once decoded. */
  ImageDataset toDataset(List<DecodedImage> images) {
    return ImageDataset.ofDecoded(
        images, classNames, labels.stream().mapToInt(Integer::intValue).toArray());
  }

  private static List<Path> images(Path folder) {
    List<Path> children = children(folder);
    List<Path> images = children.stream().filter(ImageListing::isImage).toList();
    if (images.isEmpty()) {
      throw new IllegalArgumentException(
          folder + ": has no images, allowed: at least one .png, .jpg or .jpeg file per class");
    }
    if (images.size() < children.size()) {
      LOG.warn(
          "{}: {} of {} entries left out, they are not .png, .jpg or .jpeg files",
          folder,
          children.size() - images.size(),
          children.size());
    }
    return images;
  }

  private static boolean isImage(Path file) {
    return ImageFormat.ofName(file).isPresent() && Files.isRegularFile(file);
  }

  /** Entries sorted by name, without hidden ones such as {@code .DS_Store}. */
  private static List<Path> children(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> !Datasets.fileName(entry).startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          folder + ": cannot be listed (" + e.getMessage() + "), allowed: a readable folder", e);
    }
  }
}
