package io.github.smartaug.train;

import io.github.smartaug.loss.MixedLoss;
import java.util.List;

/**
 * How far a policy goes back to where it started because the model overfits.
 *
 * <p>What a step does for validation images says little of what keeps a model from knowing its
 * training images by heart many steps later. Where that is what is missing, evidence of single
 * steps comes to transforms that change little, and makes it worse. So the policy is shrunk towards
 * its start, which is broad and strong (magnitudes only where it is stronger), by a share that
 * rises from 0 to {@code most} while the loss on an image of training falls from 3/4 to 1/2 of that
 * on an image of validation:
 *
 * <pre>
 *   shrinkage = most * clamp((3/4 - training / validation) / (3/4 - 1/2), 0, 1)
 * </pre>
 *
 * <p>That strength follows from overfitting is the rule of Karras et al., "Training generative
 * adversarial networks with limited data", NeurIPS 2020. The losses are those of the epoch before.
 * In the first three tenths of a run there is none, nor as long as no epoch past the first had a
 * training loss of 3/4 of its validation loss: a model which has not seen yet what is different
 * about validation images has the same losses as one that overfits, but it has them from the start,
 * while one that overfits had losses alike before. (The first epoch says nothing: its training loss
 * is the mean of all the way from the start.) In the last quarter it stays as it is: training
 * losses fall with the learning rate in the end, and steps are too short by then for a policy to
 * matter.
 */
final class OverfitShrinkage {
  /** Of the validation loss; a model whose training loss is smaller overfits. */
  private static final double BEGINNING = 0.75;

  /** Of the validation loss; a model whose training loss is smaller overfits altogether. */
  private static final double FULL = 0.5;

  /** Share of the epochs before which nothing is known. */
  private static final double SETTLED = 0.3;

  /** Share of the epochs after which nothing changes. */
  private static final double LATE = 0.75;

  private OverfitShrinkage() {}

  /**
   * The shrinkage in the epoch after those.
   *
   * @param most at least 0, below 1
   * @param before the epochs so far
   * @param loss what their training loss is
   * @param epochs of the run
   */
  static double of(double most, List<EpochReport> before, MixedLoss loss, int epochs) {
    int decisive = Math.min(before.size(), Math.max(1, (int) (LATE * epochs)));
    if (before.size() < SETTLED * epochs || !wereAlike(before, decisive, loss)) {
      return 0;
    }
    double ratio = ratio(before.get(decisive - 1), loss);
    return ratio < BEGINNING ? most * Math.min(1, (BEGINNING - ratio) / (BEGINNING - FULL)) : 0;
  }

  /** Whether the losses of one of the first epochs were alike, the very first left aside. */
  private static boolean wereAlike(List<EpochReport> epochs, int first, MixedLoss loss) {
    return epochs.stream().limit(first).skip(1).anyMatch(e -> ratio(e, loss) >= BEGINNING);
  }

  /** Of training loss to validation loss; not a number without validation images. */
  private static double ratio(EpochReport epoch, MixedLoss loss) {
    return epoch.trainLoss() / loss.terms() / epoch.validationLoss();
  }
}
