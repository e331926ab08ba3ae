package io.github.smartaug.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Images of a data set, each assigned to a part by name. */
final class SplitSelection {
  private final String file;
  private final DatasetBundle all;
  private final List<ImageDataset> sets = new ArrayList<>();

  /** Index of the first image of each set among all images; at the end, the number of all. */
  private final int[] starts;

  private final NameIndex index;
  private final Set<String> unreadable;

  /** Of each image; null if it is not used. */
  private final SplitPart[] parts;

  /** On which each image was named. */
  private final int[] lines;

  /**
   * Nothing is assigned yet.
   *
   * @param file for messages
   */
  SplitSelection(String file, DatasetBundle all) {
    this.file = file;
    this.all = all;
    unreadable = Set.copyOf(all.unreadable());
    sets.add(all.training());
    all.validation().ifPresent(sets::add);
    sets.add(all.test());
    starts = new int[sets.size() + 1];
    for (int set = 0; set < sets.size(); set++) {
      starts[set + 1] = Math.addExact(starts[set], sets.get(set).size());
    }
    int size = starts[sets.size()];
    index = new NameIndex(size, image -> set(image).imageName(withinSet(image)));
    parts = new SplitPart[size];
    lines = new int[size];
  }

  private int setIndex(int image) {
    int set = 0;
    while (image >= starts[set + 1]) {
      set++;
    }
    return set;
  }

  private ImageDataset set(int image) {
    return sets.get(setIndex(image));
  }

  private int withinSet(int image) {
    return image - starts[setIndex(image)];
  }

  /**
   * Assigns an image; one that cannot be read and is left out of the data set is passed over.
   *
   * @throws IllegalArgumentException if there is none of that name and class, or it was assigned
   */
  void add(int line, String name, String className, SplitPart part) {
    String where = file + ", line " + line + ": image " + name;
    int image = index.find(name);
    if (image == NameIndex.NONE && unreadable.contains(name)) {
      return;
    }
    if (image == NameIndex.NONE) {
      throw new IllegalArgumentException(
          where + ": not in " + all.name() + ", allowed: its images, such as " + example());
    }
    if (image == NameIndex.SEVERAL) {
      throw new IllegalArgumentException(
          where + ": " + all.name() + " has several of that name, allowed: names that tell one");
    }
    String own = all.classNames().get(set(image).label(withinSet(image)));
    if (!own.equals(className)) {
      throw new IllegalArgumentException(
          where + ": class " + className + ", allowed: " + own + " as in " + all.name());
    }
    if (parts[image] != null) {
      throw new IllegalArgumentException(
          where + ": is in line " + lines[image] + " already, allowed: each image once");
    }
    parts[image] = part;
    lines[image] = line;
  }

  private String example() {
    return sets.get(0).imageName(0);
  }

  /** The sets of all images that were assigned. */
  DatasetBundle bundle() {
    return all.withSets(required(SplitPart.TRAINING), required(SplitPart.VALIDATION), test());
  }

  private ImageDataset required(SplitPart part) {
    return part(part, 0)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    file + ": no image of the part " + part + ", allowed: at least one"));
  }

  private ImageDataset test() {
    return part(SplitPart.TEST, 0)
        .or(() -> part(null, sets.size() - 1))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    file + ": leaves no image for the part test, allowed: at least one"));
  }

  /** The images of a part, null for none, of that set and those behind it. */
  private Optional<ImageDataset> part(SplitPart part, int firstSet) {
    return IntStream.range(firstSet, sets.size())
        .mapToObj(set -> part(part, starts[set], sets.get(set)))
        .reduce(Optional.empty(), SplitSelection::together);
  }

  private Optional<ImageDataset> part(SplitPart part, int start, ImageDataset set) {
    int[] indices = IntStream.range(0, set.size()).filter(i -> parts[start + i] == part).toArray();
    return indices.length == 0 ? Optional.empty() : Optional.of(set.subset(indices));
  }

  private static Optional<ImageDataset> together(
      Optional<ImageDataset> first, Optional<ImageDataset> second) {
    return first.isPresent() && second.isPresent()
        ? Optional.of(first.get().with(second.get()))
        : first.or(() -> second);
  }
}
