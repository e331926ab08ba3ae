package io.github.smartaug.data;

import io.github.smartaug.input.Excerpt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Makes a data set of {@link LabelledImage labelled images}, which may come from a stream. */
final class LabelledImages {
  private final Path source;
  private final FolderNotes notes;
  private final UnaryOperator<String> className;
  private final List<String> imageNames = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private final List<SetRole> roles = new ArrayList<>();

  /**
   * Images of one source.
   *
   * @param source where they are, for messages
   * @param notes get what is noteworthy
   * @param className the name of the class with that label
   */
  LabelledImages(Path source, FolderNotes notes, UnaryOperator<String> className) {
    this.source = source;
    this.notes = notes;
    this.className = className;
  }

  /**
   * Decodes the images, numbers their classes, and separates the sets.
   *
   * @param provenance where the images are from, in words
   * @param total number of images, if it is known
   * @throws IllegalArgumentException as {@link ParallelDecoder#decode(String, Iterator,
   *     OptionalInt, BadImages)}, and if there is a class without training images
   */
  DatasetBundle read(
      String provenance,
      Iterator<LabelledImage> images,
      OptionalInt total,
      ImageStream stream,
      BadImages badImages) {
    ParallelDecoder.Decoded decoded =
        new ParallelDecoder(stream)
            .decode(source.toString(), remembering(images), total, badImages);
    notes.leaveOutUnreadable(decoded.badNames());
    ClassLabels classes = ClassLabels.of(labels);
    Map<SetRole, List<Integer>> positions = positions(Set.copyOf(decoded.bad()));
    int[] places = placesAmongGood(decoded.bad());
    requireTrainingImages(classes, positions.get(SetRole.TRAINING));
    List<String> classNames = classes.names().stream().map(className).toList();
    // Archives may have samples of the same name: then images go by position.
    boolean distinct = Set.copyOf(imageNames).size() == imageNames.size();
    Map<SetRole, ImageDataset> sets = new EnumMap<>(SetRole.class);
    positions.forEach(
        (role, members) -> {
          if (!members.isEmpty()) {
            ImageDataset set =
                ImageDataset.ofStored(
                    decoded.shape(),
                    classNames,
                    members.stream()
                        .map(i -> decoded.images().get(places[i]))
                        .toArray(StoredImage[]::new),
                    members.stream().mapToInt(i -> classes.labels().get(i)).toArray());
            sets.put(role, distinct ? set.named(i -> imageNames.get(members.get(i))) : set);
          }
        });
    return new LabelledSets(
            sets.get(SetRole.TRAINING),
            Optional.ofNullable(sets.get(SetRole.VALIDATION)),
            Optional.ofNullable(sets.get(SetRole.TEST)))
        .bundle(FileNames.base(source), provenance, "test images", notes::add)
        .withNotes(notes.sentences(), decoded.badNames());
  }

  private Iterator<EncodedImage> remembering(Iterator<LabelledImage> images) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return images.hasNext();
      }

      @Override
      public EncodedImage next() {
        LabelledImage next = images.next();
        imageNames.add(next.image().name());
        labels.add(next.label());
        roles.add(next.role());
        return next.image();
      }
    };
  }

  /** Of each set, where its good images stand among all. */
  private Map<SetRole, List<Integer>> positions(Set<Integer> bad) {
    Map<SetRole, List<Integer>> positions = new EnumMap<>(SetRole.class);
    for (SetRole role : SetRole.values()) {
      positions.put(
          role,
          IntStream.range(0, roles.size())
              .filter(i -> roles.get(i) == role && !bad.contains(i))
              .boxed()
              .toList());
    }
    return positions;
  }

  /** For each image that is good, how many good ones are before it. */
  private int[] placesAmongGood(List<Integer> bad) {
    int[] places = new int[labels.size()];
    int passed = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = i - passed;
      passed += passed < bad.size() && bad.get(passed) == i ? 1 : 0;
    }
    return places;
  }

  private void requireTrainingImages(ClassLabels classes, List<Integer> training) {
    Set<Integer> trained = new HashSet<>();
    training.forEach(i -> trained.add(classes.labels().get(i)));
    for (int label = 0; label < classes.names().size(); label++) {
      if (!trained.contains(label)) {
        throw new IllegalArgumentException(
            "%s: class \"%s\" has no training image that can be used, allowed: at least one of every class"
                .formatted(source, Excerpt.of(classes.names().get(label))));
      }
    }
  }
}
