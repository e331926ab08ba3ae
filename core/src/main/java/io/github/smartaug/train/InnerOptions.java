package io.github.smartaug.train;

import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.meta.HyperparameterSource;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.Schedule;
import java.util.Optional;

/**
 * The training of the model: an optimizer on a loss.
 *
 * @param optimizer and its hyperparameters
 * @param clipping of the gradients, if any
 * @param schedule of the learning rate over the epochs
 * @param loss on clean and augmented images
 */
public record InnerOptions(
    InnerOptimizer optimizer,
    Optional<GradientClipping> clipping,
    Schedule schedule,
    MixedLoss loss) {
  /**
   * SGD with momentum 0.9, weight decay 5e-4, gradients clipped to norm 1, a cosine schedule and
   * the mixed loss with weight 1.
   */
  public static InnerOptions defaults(double learningRate) {
    return new InnerOptions(
        InnerOptimizer.sgd(learningRate),
        Optional.of(new GradientClipping(1)),
        Schedule.cosine(),
        new MixedLoss(1));
  }

  /** The same with another schedule. */
  public InnerOptions withSchedule(Schedule changed) {
    return new InnerOptions(optimizer, clipping, changed, loss);
  }

  /** The inner step. */
  public InnerStep step() {
    return new InnerStep(optimizer.rule(), clipping);
  }

  /** Hyperparameters of an epoch, counted from 0, with those that are learned at their start. */
  public Hyperparameters hyperparameters(int epoch, int epochs) {
    return optimizer.hyperparameters().withLearningRatesTimes(schedule.factor(epoch, epochs));
  }

  /**
   * Hyperparameters of an epoch, counted from 0, as functions of the meta parameters. The schedule
   * multiplies a learning rate whether it is learned or not.
   */
  HyperparameterSource hyperparameters(int epoch, int epochs, LearnedHyperparameters learned) {
    double factor = schedule.factor(epoch, epochs);
    return metaParameters ->
        learned.replace(optimizer.hyperparameters(), metaParameters).withLearningRatesTimes(factor);
  }
}
