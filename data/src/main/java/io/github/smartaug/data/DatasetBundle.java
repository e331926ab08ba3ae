package io.github.smartaug.data;

import io.github.smartaug.batch.BatchSource;
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
      String name,
      String provenance,
      List<String> notes,
      List<String> unreadable,
      boolean testIsHeldOut,
      ImageFit fit) {}

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
        new Source(name, provenance, List.of(), List.of(), false, ImageFit.SQUASH),
        training.numberedIn(SplitPart.TRAINING.toString()),
        null,
        test.numberedIn(SplitPart.TEST.toString()));
  }

  /**
   * This bundle with what was noteworthy when it was read.
   *
   * @param unreadable images that were left out, as paths within the data set
   */
  DatasetBundle withNotes(List<String> notes, List<String> unreadable) {
    Source noted =
        new Source(
            source.name(),
            source.provenance(),
            List.copyOf(notes),
            List.copyOf(unreadable),
            source.testIsHeldOut(),
            source.fit());
    return new DatasetBundle(noted, training, validation, test);
  }

  /** This bundle, whose test images were not set apart by who made the data set. */
  DatasetBundle withTestHeldOut() {
    Source heldOut =
        new Source(
            source.name(),
            source.provenance(),
            source.notes(),
            source.unreadable(),
            true,
            source.fit());
    return new DatasetBundle(heldOut, training, validation, test);
  }

  /** This bundle, whose images came to their size in that way. */
  DatasetBundle withFit(ImageFit fit) {
    Source fitted =
        new Source(
            source.name(),
            source.provenance(),
            source.notes(),
            source.unreadable(),
            source.testIsHeldOut(),
            fit);
    return new DatasetBundle(fitted, training, validation, test);
  }

  /** This bundle, whose images are held as they were stored, with images of another size. */
  DatasetBundle resizedBy(ImageStream stream) {
    return withSets(
        training.resizedBy(stream),
        validation == null ? null : validation.resizedBy(stream),
        test.resizedBy(stream));
  }

  /** This bundle with these images in its sets. */
  DatasetBundle withSets(
      ImageDataset newTraining, ImageDataset newValidation, ImageDataset newTest) {
    return new DatasetBundle(source, newTraining, newValidation, newTest);
  }

  /**
   * This bundle with that validation set.
   *
   * @throws IllegalArgumentException if its shape or its classes are not those of the training set
   */
  public DatasetBundle withValidation(ImageDataset replacement) {
    requireAlike(name(), "validation", training, replacement);
    return withSets(training, replacement.numberedIn(SplitPart.VALIDATION.toString()), test);
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
    return withSets(split.remaining(), split.heldOut(), test);
  }

  /**
   * As {@link #ensureValidation(double, long)}, of a number of images.
   *
   * @param count of the validation images, at least 1 and less than there are training images
   */
  public DatasetBundle ensureValidation(int count, long seed) {
    if (validation != null) {
      return this;
    }
    StratifiedSplit split = StratifiedSplit.validation(training, count, seed);
    return withSets(split.remaining(), split.heldOut(), test);
  }

  /**
   * This bundle as one run of a cross-validation has it: the test images are one part of the
   * training images ({@link StratifiedSplit#fold}), the training images are the others. Every image
   * is a test image in one of the runs, and which ones is the same in all runs, whatever their
   * seed.
   *
   * <p>The data set's own test images are left out, for a last test; where there were none, so that
   * the reader held some out, these are training images again. Validation images that the data set
   * has are the same in every run.
   *
   * @param fold from 1 to {@code folds}
   * @param folds number of parts, at least 2, at most the number of images
   */
  public DatasetBundle fold(int fold, int folds) {
    return fold(pool(), fold, folds);
  }

  /**
   * As {@link #fold(int, int)}, of at most {@code limit} images, drawn by class; always the same
   * ones.
   */
  public DatasetBundle fold(int fold, int folds, int limit) {
    return fold(StratifiedSplit.limit(pool(), limit, TEST_SEED), fold, folds);
  }

  private ImageDataset pool() {
    return source.testIsHeldOut() ? training.with(test) : training;
  }

  private DatasetBundle fold(ImageDataset pool, int fold, int folds) {
    StratifiedSplit split = StratifiedSplit.fold(pool, fold, folds, TEST_SEED);
    return withSets(split.remaining(), validation, split.heldOut());
  }

  /**
   * This bundle with at most {@code count} training images, drawn by class ({@link
   * StratifiedSplit#limit}); which ones is a function of the seed.
   */
  public DatasetBundle limitTraining(int count, long seed) {
    ImageDataset limited = StratifiedSplit.limit(training, count, seed);
    return withSets(limited, validation, test);
  }

  /**
   * This bundle with at most {@code count} test images, drawn by class; always the same ones, so
   * that runs of different seeds are tested on the same images.
   */
  public DatasetBundle limitTest(int count) {
    ImageDataset limited = StratifiedSplit.limit(test, count, TEST_SEED);
    return withSets(training, validation, limited);
  }

  /**
   * The images as a training takes them, in batches: training images in a new random order each
   * epoch, without those that do not fill a batch, and cut out anew if {@link Resizing#randomCrop}
   * says so; validation images in a random order of their own, all of them; test images in their
   * own order; normalised by the training images.
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
        ShuffledBatches.ofTraining(training, batchSize, seed),
        new ShuffledBatches(validation, batchSize, seed, "validation-batches", LastBatch.KEEP),
        new SequentialBatches(test, batchSize),
        training.normalization());
  }

  /**
   * The images as a {@link io.github.smartaug.train.Refit} takes them: training and validation
   * images together, without any to validate on. They are normalised as in {@link #batches}, so
   * that the model sees the same values before and after.
   *
   * @param batchSize images in a batch, at least 1
   * @param seed of the orders
   */
  public TrainingData batchesTogether(int batchSize, long seed) {
    return new TrainingData(
        ShuffledBatches.ofTraining(together(), batchSize, seed),
        BatchSource.none(),
        new SequentialBatches(test, batchSize),
        training.normalization());
  }

  private ImageDataset together() {
    return validation == null ? training : training.with(validation);
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

  /** How the images came to their size, if they were of others. */
  public ImageFit fit() {
    return source.fit();
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
