package io.github.smartaug.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Writes a data set as {@link ImageFolder} reads it: {@code train/CLASS/*.png}, and {@code val},
 * {@code test} likewise. What is read again is the same pixels, labels and sets.
 *
 * <p>Folders of classes have the names of the classes where these keep their order and can be names
 * of folders; otherwise the number of the class comes first.
 */
public final class ImageFolderWriter {
  private static final String TRAINING = "train";
  private static final String VALIDATION = "val";
  private static final String TEST = "test";

  private static final String PLAIN = "[A-Za-z0-9][A-Za-z0-9._ -]*";

  private final DatasetBundle bundle;
  private final List<String> classFolders;

  private ImageFolderWriter(DatasetBundle bundle) {
    this.bundle = bundle;
    this.classFolders = classFolders(bundle.classNames());
  }

  /**
   * Writes all sets of a data set. Files are not forced to the disk one by one: who needs the
   * folder whole or not at all writes it under another name first.
   *
   * @param folder that exists and is empty
   * @throws IllegalArgumentException if a set lacks images of a class: it could not be read
   */
  public static void write(DatasetBundle bundle, Path folder) throws IOException {
    ImageFolderWriter writer = new ImageFolderWriter(bundle);
    writer.requireImagesOfEveryClass(TRAINING, bundle.training());
    if (bundle.validation().isPresent()) {
      writer.requireImagesOfEveryClass(VALIDATION, bundle.validation().get());
    }
    writer.requireImagesOfEveryClass(TEST, bundle.test());
    writer.write(bundle.training(), folder.resolve(TRAINING));
    if (bundle.validation().isPresent()) {
      writer.write(bundle.validation().get(), folder.resolve(VALIDATION));
    }
    writer.write(bundle.test(), folder.resolve(TEST));
  }

  private static List<String> classFolders(List<String> names) {
    boolean asTheyAre =
        names.stream().allMatch(name -> name.matches(PLAIN))
            && names.stream().sorted().distinct().toList().equals(names);
    if (asTheyAre) {
      return names;
    }
    int digits = Integer.toString(names.size() - 1).length();
    return IntStream.range(0, names.size())
        .mapToObj(
            c ->
                String.format(Locale.ROOT, "%0" + digits + "d-", c)
                    + names.get(c).replaceAll("[^A-Za-z0-9._ -]", "-"))
        .toList();
  }

  private void requireImagesOfEveryClass(String set, ImageDataset images) {
    int[] counts = images.classCounts();
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] == 0) {
        throw new IllegalArgumentException(
            set
                + ": no image of class "
                + bundle.classNames().get(c)
                + ", allowed: at least one of every class");
      }
    }
  }

  private void write(ImageDataset images, Path folder) throws IOException {
    for (String name : classFolders) {
      Files.createDirectories(folder.resolve(name));
    }
    int digits = Integer.toString(images.size() - 1).length();
    for (int i = 0; i < images.size(); i++) {
      Path file =
          folder
              .resolve(classFolders.get(images.label(i)))
              .resolve(String.format(Locale.ROOT, "%0" + digits + "d.png", i));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        ImageEncoder.encode(DecodedImage.of(images, i).toBufferedImage(), ImageFormat.PNG, out);
      }
    }
  }
}
