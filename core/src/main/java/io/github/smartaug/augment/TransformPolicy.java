package io.github.smartaug.augment;

import io.github.smartaug.transform.TransformSet;
import java.util.List;
import java.util.Optional;

/** A policy that chooses from a set of transforms, as numbers for reports. */
public interface TransformPolicy extends Augmenter {
  /** The transforms to choose from. */
  TransformSet transforms();

  /** Number of transforms that an image gets in turn, N. */
  int length();

  /**
   * How likely each transform is at a position, the mean over positions: T numbers that sum to 1.
   */
  double[] probabilities();

  /**
   * How much each transform counts in the training loss, in a large batch: T numbers that sum to 1.
   * As much as it is drawn, unless images have {@link LossWeights} that differ.
   */
  default double[] lossShares() {
    return probabilities();
  }

  /** The magnitude of every transform in [0,1], T numbers. */
  double[] magnitudes();

  /**
   * What is done of what was drawn: with {@link
   * io.github.smartaug.transform.TransformStage#NOTHING} where a transform is left out, such as one
   * that an image has already.
   */
  default Draws applied(Draws draws) {
    return draws;
  }

  /**
   * The sequences of transforms that images get most often, the likeliest first; none if the policy
   * draws every position for itself.
   *
   * @param count how many at most
   */
  default List<TransformSequence> likeliestSequences(int count) {
    return List.of();
  }

  @Override
  default Optional<TransformPolicy> transformPolicy() {
    return Optional.of(this);
  }
}
