package io.github.smartaug.data;

import io.github.smartaug.random.RandomStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The sets that a source of images has.
 *
 * <p>Without a test set, a fifth of the training images is held out as one: class by class and
 * always the same ones, whatever the seed of the run, so that a trained model can be evaluated
 * later on images that it has not seen.
 */
record LabelledSets(
    ImageDataset training, Optional<ImageDataset> validation, Optional<ImageDataset> test) {
  private static final double HELD_OUT_FOR_TEST = 0.2;
  private static final long TEST_SEED = 0;

  /** Of fewer images, a fifth is none. */
  private static final int FEWEST = 3;

  /**
   * The sets as a bundle.
   *
   * @param name short
   * @param provenance where the images are from, in words
   * @param missing what is not there if there is no test set, such as {@code folder test}
   * @param notes gets a sentence if images are held out
   */
  DatasetBundle bundle(String name, String provenance, String missing, Consumer<String> notes) {
    DatasetBundle bundle =
        test.isPresent()
            ? DatasetBundle.of(name, provenance, training, test.get())
            : holdOutTest(name, provenance, missing, notes);
    return validation.map(bundle::withValidation).orElse(bundle);
  }

  private DatasetBundle holdOutTest(
      String name, String provenance, String missing, Consumer<String> notes) {
    if (training.size() < FEWEST) {
      throw new IllegalArgumentException(
          "%s: %d, too few to hold out some for testing, allowed: at least %d, or %s"
              .formatted(provenance, training.size(), FEWEST, missing));
    }
    RandomStream random = RandomStream.of(TEST_SEED, "test-split");
    StratifiedSplit split = StratifiedSplit.holdOut(training, HELD_OUT_FOR_TEST, random);
    notes.accept(
        String.format(
            Locale.ROOT,
            "no %s: %,d of %,d images, always the same ones, are held out for it",
            missing,
            split.heldOut().size(),
            training.size()));
    return DatasetBundle.of(name, provenance, split.remaining(), split.heldOut()).withTestHeldOut();
  }
}
