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

  /** Begins with the {@link #defaults} at learning rate 0.1. */
  public static Builder builder() {
    return defaults(0.1).toBuilder();
  }

  /** Begins with these. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Makes {@link InnerOptions}: what is not given is as it was at the beginning. */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  public static final class Builder {
    private InnerOptimizer optimizer;
    private Optional<GradientClipping> clipping;
    private Schedule schedule;
    private MixedLoss loss;

    private Builder(InnerOptions values) {
      optimizer = values.optimizer;
      clipping = values.clipping;
      schedule = values.schedule;
      loss = values.loss;
    }

    /**
     * The optimizer and its hyperparameters. Default: SGD with momentum 0.9 and weight decay 5e-4.
     */
    public Builder optimizer(InnerOptimizer value) {
      optimizer = value;
      return this;
    }

    /** Clipping of the gradients, or none. Default: to norm 1. */
    public Builder clipping(Optional<GradientClipping> value) {
      clipping = value;
      return this;
    }

    /** Schedule of the learning rate over the epochs. Default: cosine. */
    public Builder schedule(Schedule value) {
      schedule = value;
      return this;
    }

    /** Loss on clean and augmented images. Default: both count alike. */
    public Builder loss(MixedLoss value) {
      loss = value;
      return this;
    }

    /**
     * The result.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public InnerOptions build() {
      return new InnerOptions(optimizer, clipping, schedule, loss);
    }
  }
}
