package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.TrainingData;
import java.util.List;
import java.util.Optional;

/**
 * The sets of one source of data: training and test, validation where the source has it or once it
 * is split off. All have the same image shape and the same classes.
 *
 * <p>Immutable: the methods that change something return a new bundle. To use a part of the
 * training images, {@link #limitTraining limit} before {@link #ensureValidation splitting}, so that
 * the limit counts every labelled image that a run may learn from.
 */
public final class DatasetBundle {
  /** Runs of different seeds are compared on the same test images. */
  private static final long TEST_SEED = 0;

  private final Source source;
  private final ImageDataset training;
  private final ImageDataset validation;
  private final ImageDataset test;

  /** What is known of all images together. */
  private record Source(
      String name, String provenance, List<String> notes, List<String> unreadable) {}

  private DatasetBundle(
      Source source, ImageDataset training, ImageDataset validation, ImageDataset test) {
    this.source = source;
    this.training = training;
    this.validation = validation;
    this.test = test;
  }

  /**
   * A bundle without a validation set.
   *
   * @param name short, such as {@code fashion-mnist-mini}
   * @param provenance where the data came from, in words
   * @throws IllegalArgumentException if shapes or classes differ
   */
  public static DatasetBundle of(
      String name, String provenance, ImageDataset training, ImageDataset test) {
    requireAlike(name, "test", training, test);
    return new DatasetBundle(
        new Source(name, provenance, List.of(), List.of()), training, null, test);
  }

  /**
   * This bundle with what was noteworthy when it was read.
   *
   * @param unreadable images that were left out, as paths within the data set
   */
  DatasetBundle withNotes(List<String> notes, List<String> unreadable) {
    Source noted =
        new Source(source.name(), source.provenance(), List.copyOf(notes), List.copyOf(unreadable));
    return new DatasetBundle(noted, training, validation, test);
  }

  /**
   * This bundle with that validation set.
   *
   * @throws IllegalArgumentException if its shape or its classes are not those of the training set
   */
  public DatasetBundle withValidation(ImageDataset replacement) {
    requireAlike(name(), "validation", training, replacement);
    return new DatasetBundle(source, training, replacement, test);
  }

  /**
   * This bundle if it has a validation set, otherwise one whose validation set is {@link
   * StratifiedSplit#validation split off} the training set.
   *
   * @param fraction of the training images, in (0,1)
   */
  public DatasetBundle ensureValidation(double fraction, long seed) {
    if (validation != null) {
      return this;
    }
    StratifiedSplit split = StratifiedSplit.validation(training, fraction, seed);
    return new DatasetBundle(source, split.remaining(), split.heldOut(), test);
  }

  /**
   * This bundle with at most {@code count} training images, drawn by class ({@link
   * StratifiedSplit#limit}); which ones is a function of the seed.
   */
  public DatasetBundle limitTraining(int count, long seed) {
    ImageDataset limited = StratifiedSplit.limit(training, count, seed);
    return new DatasetBundle(source, limited, validation, test);
  }

  /**
   * This bundle with at most {@code count} test images, drawn by class; always the same ones, so
   * that runs of different seeds are tested on the same images.
   */
  public DatasetBundle limitTest(int count) {
    ImageDataset limited = StratifiedSplit.limit(test, count, TEST_SEED);
    return new DatasetBundle(source, training, validation, limited);
  }

  /**
   * The images as a training takes them, in batches: training images in a new random order each
   * epoch, without those that do not fill a batch; validation images in a random order of their
   * own, all of them; test images in their own order; normalised by the training images.
   *
   * @param batchSize images in a batch, at least 1
   * @param seed of the orders
   * @throws IllegalArgumentException if there are no validation images: {@link #ensureValidation}
   */
  public TrainingData batches(int batchSize, long seed) {
    if (validation == null) {
      throw new IllegalArgumentException(
          name() + ": no validation images, allowed: a data set with some (ensureValidation)");
    }
    return new TrainingData(
        new ShuffledBatches(training, batchSize, seed, "training-batches", LastBatch.DROP),
        new ShuffledBatches(validation, batchSize, seed, "validation-batches", LastBatch.KEEP),
        new SequentialBatches(test, batchSize),
        training.normalization());
  }

  private static void requireAlike(
      String name, String role, ImageDataset training, ImageDataset other) {
    if (!other.shape().equals(training.shape())) {
      throw new IllegalArgumentException(
          name
              + ": the "
              + role
              + " images are "
              + other.shape()
              + ", allowed: "
              + training.shape()
              + " as the training images");
    }
    if (!other.classNames().equals(training.classNames())) {
      throw new IllegalArgumentException(
          name
              + ": the "
              + role
              + " classes are "
              + other.classNames()
              + ", allowed: "
              + training.classNames()
              + " as the training classes");
    }
  }

  /** Short name, such as {@code fashion-mnist-mini}. */
  public String name() {
    return source.name();
  }

  /** Where the data came from, in words: file format and folder, or authors and licence. */
  public String provenance() {
    return source.provenance();
  }

  /** What was noteworthy when it was read, such as what was left out: a sentence each. */
  public List<String> notes() {
    return source.notes();
  }

  /** Images that were left out because they cannot be read: their paths within the data set. */
  public List<String> unreadable() {
    return source.unreadable();
  }

  /** The training set. */
  public ImageDataset training() {
    return training;
  }

  /** The validation set, if there is one. */
  public Optional<ImageDataset> validation() {
    return Optional.ofNullable(validation);
  }

  /** The test set. */
  public ImageDataset test() {
    return test;
  }

  /** Shape of all images. */
  public ImageShape shape() {
    return training.shape();
  }

  /** Name of class 0, 1, ... */
  public List<String> classNames() {
    return training.classNames();
  }
}
