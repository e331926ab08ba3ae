package io.github.smartaug.run;

import io.github.smartaug.train.TrainingResult;

/**
 * What {@code result.json} says about a {@link io.github.smartaug.train.Refit}.
 *
 * @param testAccuracy of the refitted model, which the run left behind
 * @param testAccuracyBefore of the model before the refit, of the best epoch
 * @param images number of training and validation images that the refit learned from
 * @param epochs of the refit
 * @param secondsTotal of the refit's epochs, evaluation included
 */
public record RefitResult(
    double testAccuracy, double testAccuracyBefore, int images, int epochs, double secondsTotal) {
  /**
   * A training that was a refit.
   *
   * @param result of it
   * @param images number of its training images
   */
  record Training(TrainingResult result, int images) {}

  static RefitResult of(TrainingResult first, Training refit) {
    return new RefitResult(
        refit.result.last().testAccuracy(),
        first.best().testAccuracy(),
        refit.images,
        refit.result.epochs().size(),
        RunResult.phases(refit.result).total());
  }
}
