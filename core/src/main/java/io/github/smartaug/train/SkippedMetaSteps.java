package io.github.smartaug.train;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meta steps that were left out because their numbers were not finite.
 *
 * @param total in the whole run
 * @param inRow since the last one that was done
 */
record SkippedMetaSteps(long total, int inRow) {
  private static final Logger LOG = LoggerFactory.getLogger(SkippedMetaSteps.class);

  static SkippedMetaSteps none() {
    return new SkippedMetaSteps(0, 0);
  }

  SkippedMetaSteps afterDone() {
    return new SkippedMetaSteps(total, 0);
  }

  /**
   * Counts one more, and warns of the first.
   *
   * @param allowed in a row
   * @throws DivergedException at so many in a row
   */
  SkippedMetaSteps afterSkipped(String problem, int allowed, int epoch, int step) {
    if (total == 0) {
      LOG.warn(
          "epoch {}, step {}: {}; the policy stays as it is here and wherever that happens again",
          epoch,
          step,
          problem);
    }
    if (inRow + 1 >= allowed) {
      throw DivergedException.ofMetaSteps(problem, inRow + 1, epoch, step);
    }
    return new SkippedMetaSteps(total + 1, inRow + 1);
  }
}
