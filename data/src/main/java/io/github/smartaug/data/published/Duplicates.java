package io.github.smartaug.data.published;

import io.github.smartaug.data.ImageDataset;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images that have the same pixels as another one.
 *
 * @param withinTraining training images that another training image before them equals
 * @param withinValidation the same of the validation images
 * @param withinTest the same of the test images
 * @param ofTrainingInValidation validation images that are training images, too
 * @param ofTrainingInTest test images that are training images, too
 * @param ofValidationInTest test images that are validation images, too
 * @param ofOtherClasses images that equal one before them, of training, validation and test, which
 *     is of another class
 * @param examples the first few of all these, as {@code image = earlier image}
 */
public record Duplicates(
    int withinTraining,
    int withinValidation,
    int withinTest,
    int ofTrainingInValidation,
    int ofTrainingInTest,
    int ofValidationInTest,
    int ofOtherClasses,
    List<String> examples) {
  private static final int EXAMPLES = 10;

  /** Copies the list. */
  public Duplicates {
    examples = List.copyOf(examples);
  }

  /** Images that a model has learned from, among those that it is judged by. */
  public int leaks() {
    return ofTrainingInValidation + ofTrainingInTest;
  }

  /** Compares fingerprints, which stand in the place of the pixels. */
  static Duplicates among(
      ImageDataset training, Optional<ImageDataset> validation, ImageDataset test) {
    Search search = new Search();
    Map<ByteBuffer, Place> ofTraining = new HashMap<>();
    Map<ByteBuffer, Place> ofValidation = new HashMap<>();
    Map<ByteBuffer, Place> ofTest = new HashMap<>();
    int[] none = new int[0];
    int[] inTraining = search.add(training, ofTraining, List.of());
    int[] inValidation =
        validation.map(set -> search.add(set, ofValidation, List.of(ofTraining))).orElse(none);
    int[] inTest = search.add(test, ofTest, List.of(ofTraining, ofValidation));
    return new Duplicates(
        inTraining[0],
        inValidation.length == 0 ? 0 : inValidation[0],
        inTest[0],
        inValidation.length == 0 ? 0 : inValidation[1],
        inTest[1],
        inTest[2],
        search.ofOtherClasses,
        search.examples);
  }

  /** The first image of some pixels. */
  private record Place(ImageDataset set, int index) {
    String name() {
      return set.imageName(index);
    }

    int label() {
      return set.label(index);
    }
  }

  private static final class Search {
    private final List<String> examples = new ArrayList<>();
    private int ofOtherClasses;

    /** How many are twice within the set, and how many are in each of the earlier ones. */
    int[] add(
        ImageDataset set, Map<ByteBuffer, Place> own, List<Map<ByteBuffer, Place>> earlierSets) {
      int[] counts = new int[1 + earlierSets.size()];
      for (int i = 0; i < set.size(); i++) {
        ByteBuffer pixels = ByteBuffer.wrap(set.pixels(i));
        Place place = new Place(set, i);
        Place first = own.putIfAbsent(pixels, place);
        counts[0] += first == null ? 0 : 1;
        for (int other = 0; other < earlierSets.size(); other++) {
          Place earlier = earlierSets.get(other).get(pixels);
          counts[1 + other] += earlier == null ? 0 : 1;
          first = earlier == null ? first : earlier;
        }
        if (first != null) {
          remember(place, first);
        }
      }
      return counts;
    }

    private void remember(Place place, Place first) {
      ofOtherClasses += place.label() == first.label() ? 0 : 1;
      if (examples.size() < EXAMPLES) {
        examples.add(place.name() + " = " + first.name());
      }
    }
  }
}
