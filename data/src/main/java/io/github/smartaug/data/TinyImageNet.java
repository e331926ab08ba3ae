package io.github.smartaug.data;

import io.github.smartaug.file.FileFailure;
import io.github.smartaug.input.Excerpt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Tiny ImageNet as it is published: {@code train/CLASS/images/*.JPEG}, and {@code val/images} with
 * their classes in {@code val/val_annotations.txt}. Its validation images are the test set here, as
 * in the literature: the labels of {@code test} are not published. Classes have the names in {@code
 * words.txt}, if it is there.
 *
 * @see <a href="http://cs231n.stanford.edu/tiny-imagenet-200.zip">original files</a>
 */
final class TinyImageNet implements StreamedFormat {
  private static final String UNPACKED = "tiny-imagenet-200";
  private static final String TRAINING = "train";
  private static final String VALIDATION = "val";
  private static final String ANNOTATIONS = "val_annotations.txt";
  private static final String WORDS = "words.txt";
  private static final String IMAGES = "images";

  @Override
  public String name() {
    return "tiny-imagenet";
  }

  @Override
  public String description() {
    return "Tiny ImageNet (train/CLASS/images/, val/images/ with val/val_annotations.txt)";
  }

  @Override
  public boolean recognizes(Path path) {
    return Files.isRegularFile(unpacked(path).resolve(VALIDATION).resolve(ANNOTATIONS));
  }

  private static Path unpacked(Path path) {
    Path inside = path.resolve(UNPACKED);
    return Files.isDirectory(inside) ? inside : path;
  }

  @Override
  public DatasetBundle read(
      Path path, Resizing resizing, BadImages badImages, LoaderOptions options) {
    Path folder = unpacked(path);
    List<LabelledImage> images = training(folder);
    Set<String> classes = new HashSet<>();
    images.forEach(image -> classes.add(image.label()));
    images.addAll(validation(folder, classes));
    FolderNotes notes = new FolderNotes(folder);
    notes.add("the images of val are the test set, as the labels of test are not published");
    Map<String, String> names = names(folder.resolve(WORDS), classes);
    return new LabelledImages(folder, notes, label -> names.getOrDefault(label, label))
        .read(
            "Tiny ImageNet in " + folder,
            images.iterator(),
            OptionalInt.of(images.size()),
            new ImageStream(resizing, options),
            badImages);
  }

  private static List<LabelledImage> training(Path folder) {
    Path set = folder.resolve(TRAINING);
    if (!Files.isDirectory(set)) {
      throw new IllegalArgumentException(
          set + ": is missing, allowed: a folder for each class of Tiny ImageNet");
    }
    List<LabelledImage> images = new ArrayList<>();
    // Boxes of objects lie beside the images; nobody needs to hear of them.
    FolderNotes unheard = new FolderNotes(folder);
    for (Path classFolder : FolderLayout.classesOf(set, unheard)) {
      for (Path file : ImageWalk.images(classFolder, unheard)) {
        images.add(
            new LabelledImage(
                new EncodedImage.InFile(folder, file),
                Datasets.fileName(classFolder),
                SetRole.TRAINING));
      }
    }
    return images;
  }

  /** Lines of the image's name, its class, and a box, with tabs between them. */
  private static List<LabelledImage> validation(Path folder, Set<String> classes) {
    Path annotations = folder.resolve(VALIDATION).resolve(ANNOTATIONS);
    Path images = folder.resolve(VALIDATION).resolve(IMAGES);
    List<LabelledImage> labelled = new ArrayList<>();
    Set<String> known = new HashSet<>();
    int number = 0;
    for (String line : lines(annotations)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      String[] parts = line.split("\t", -1);
      if (parts.length < 2 || !classes.contains(parts[1]) || !isFileName(parts[0])) {
        throw new IllegalArgumentException(
            "%s: line %d is %s, allowed: the name of a file in val/images, a tab, a class of train"
                .formatted(annotations, number, Excerpt.of(line.strip())));
      }
      if (!known.add(parts[0])) {
        throw new IllegalArgumentException(
            "%s: line %d has %s once more, allowed: each image once"
                .formatted(annotations, number, Excerpt.of(parts[0])));
      }
      labelled.add(
          new LabelledImage(
              new EncodedImage.InFile(folder, images.resolve(parts[0])), parts[1], SetRole.TEST));
    }
    if (labelled.isEmpty()) {
      throw new IllegalArgumentException(annotations + ": is empty, allowed: a line per image");
    }
    return labelled;
  }

  private static boolean isFileName(String text) {
    return text.matches("[^/\\\\\\x00]+") && !text.startsWith(".");
  }

  /** Name of each class by its number; two classes of one name keep their numbers behind it. */
  private static Map<String, String> names(Path words, Set<String> classes) {
    Map<String, String> names = new HashMap<>();
    if (!Files.isRegularFile(words)) {
      return names;
    }
    for (String line : lines(words)) {
      String[] parts = line.split("\t", 2);
      if (parts.length == 2 && classes.contains(parts[0]) && !parts[1].isBlank()) {
        names.put(parts[0], parts[1].strip());
      }
    }
    List<String> all = List.copyOf(names.values());
    names.replaceAll(
        (label, name) ->
            Collections.frequency(all, name) > 1 ? "%s (%s)".formatted(name, label) : name);
    return names;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + ": cannot be read (" + FileFailure.reason(e) + "), allowed: a text in UTF-8", e);
    }
  }
}
