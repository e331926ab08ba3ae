package io.github.smartaug.data.published;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link DatasetCheck} found.
 *
 * @param name of the data set, as its reader calls it
 * @param provenance where it was read from, in words
 * @param notes what the reader found noteworthy, a sentence each
 * @param shapes number of images of each shape
 * @param classes number of images of each class, in the order of their numbers
 * @param unreadable images that cannot be read
 * @param duplicates images of equal pixels
 * @param published the published set of that name, if there is one
 * @param asPublished whether the pixels and labels of all images were compared and are those that
 *     were published
 * @param fingerprints SHA-256 of pixels and labels in any order, by {@code training}, {@code
 *     validation} and {@code test}
 * @param problems what is wrong, a sentence each; empty if nothing is
 */
public record DatasetReport(
    String name,
    String provenance,
    List<String> notes,
    Map<String, Long> shapes,
    List<ClassCount> classes,
    List<String> unreadable,
    Duplicates duplicates,
    Optional<String> published,
    boolean asPublished,
    Map<String, String> fingerprints,
    List<String> problems) {
  /** Copies the lists. */
  public DatasetReport {
    notes = List.copyOf(notes);
    classes = List.copyOf(classes);
    unreadable = List.copyOf(unreadable);
    problems = List.copyOf(problems);
  }

  /** Images of a class. */
  public record ClassCount(String name, int training, int validation, int test) {}

  /** How many times more training images the largest class has than the smallest one. */
  public double imbalance() {
    int largest = classes.stream().mapToInt(ClassCount::training).max().orElse(0);
    int smallest = classes.stream().mapToInt(ClassCount::training).min().orElse(0);
    return (double) largest / smallest;
  }
}
