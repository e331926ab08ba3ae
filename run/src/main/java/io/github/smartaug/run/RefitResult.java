package io.github.smartaug.run;

import io.github.smartaug.data.DatasetBundle;
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
  static RefitResult of(TrainingResult first, TrainingResult refitted, DatasetBundle images) {
    return new RefitResult(
        refitted.last().testAccuracy(),
        first.best().testAccuracy(),
        images.training().size() + images.validation().orElseThrow().size(),
        refitted.epochs().size(),
        RunResult.phases(refitted).total());
  }
}
