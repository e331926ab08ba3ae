package io.github.smartaug.train;

import java.util.Locale;

/**
 * Which epoch's model a run leaves behind.
 *
 * <p>The accuracy on n validation images has a standard error of {@code sqrt(a (1 - a) / n)}, 2.3
 * points for 84 % of 250 images. The highest of many epochs is then often one that was lucky, from
 * a time when the learning rate was still large.
 */
public enum EpochChoice {
  /**
   * The latest whose accuracy is at most one standard error below the highest: the rule of Breiman
   * et al., "Classification and regression trees", 1984, with training for simplicity. Where
   * accuracy rises to the end, that is the last; where it falls by more than chance, an earlier
   * one. With many images the error is small, and so is the difference to {@link #HIGHEST}.
   */
  LATEST_WITHIN_ERROR {
    @Override
    boolean prefers(double accuracy, double highest, int images) {
      return accuracy >= highest - Math.sqrt(highest * (1 - highest) / images);
    }
  },

  /** The first with the highest accuracy. */
  HIGHEST {
    @Override
    boolean prefers(double accuracy, double highest, int images) {
      return accuracy > highest;
    }
  },

  /** The last, whatever its accuracy: the only one without validation images. */
  LAST {
    @Override
    boolean prefers(double accuracy, double highest, int images) {
      return true;
    }
  };

  /**
   * Whether an epoch takes the place of the one chosen before it.
   *
   * @param accuracy of the epoch on validation images
   * @param highest of the epochs before it
   * @param images number of validation images
   */
  abstract boolean prefers(double accuracy, double highest, int images);

  /** The name in files and on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
