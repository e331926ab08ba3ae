package io.github.smartaug.nn;

import java.util.Set;
import java.util.random.RandomGenerator;

/** Whether a model is trained or evaluated; decides what batch normalisation and dropout do. */
public sealed interface Mode {
  /** Batch statistics, which move the running ones, and dropout. */
  static Training training(RandomGenerator random) {
    return new Training(random, RunningStatistics.MOVED, Images.CLEAN, Set.of());
  }

  /** Batch statistics and dropout; the running statistics stay as they are. */
  static Training trainingAside(RandomGenerator random) {
    return new Training(random, RunningStatistics.KEPT, Images.CLEAN, Set.of());
  }

  /** Running statistics, no dropout. */
  static Mode evaluation() {
    return Evaluation.INSTANCE;
  }

  /**
   * Batch statistics and dropout.
   *
   * @param random source of the dropout masks
   * @param statistics what happens to the running ones
   * @param images which ones the batch holds
   * @param frozen full names of layers that normalise as in evaluation and keep their statistics
   */
  record Training(
      RandomGenerator random, RunningStatistics statistics, Images images, Set<String> frozen)
      implements Mode {
    /** Copies the names. */
    public Training {
      frozen = Set.copyOf(frozen);
    }

    /** The same for a batch of augmented images. */
    public Training ofAugmentedImages() {
      return new Training(random, statistics, Images.AUGMENTED, frozen);
    }
  }

  /** Whether images were augmented; of interest to layers that have statistics for each kind. */
  enum Images {
    /** As they are in the data. */
    CLEAN,
    /** Changed by an augmentation. */
    AUGMENTED
  }

  /** What a pass in training does to running statistics, and to all other buffers. */
  enum RunningStatistics {
    /** Moves them towards those of the batch. */
    MOVED,
    /** Leaves them as they are. */
    KEPT
  }

  /** The same for all layers but these, which are as in evaluation. */
  default Mode freezing(Set<String> layers) {
    return this instanceof Training training
        ? new Training(training.random(), training.statistics(), training.images(), layers)
        : this;
  }

  /** The same with another source of dropout masks. */
  default Mode drawingFrom(RandomGenerator random) {
    return this instanceof Training training
        ? new Training(random, training.statistics(), training.images(), training.frozen())
        : this;
  }

  /** Whether the layer of that full name takes the statistics of the batch. */
  default boolean trains(String layer) {
    return this instanceof Training training && !training.frozen().contains(layer);
  }

  /** Whether a pass leaves other buffers behind than it was given. */
  default boolean movesBuffers() {
    return this instanceof Training training && training.statistics() == RunningStatistics.MOVED;
  }

  /** Running statistics, no dropout. */
  enum Evaluation implements Mode {
    /** The only value. */
    INSTANCE
  }
}
