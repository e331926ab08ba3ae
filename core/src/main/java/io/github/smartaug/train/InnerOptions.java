package io.github.smartaug.train;

import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.Schedule;
import io.github.smartaug.optim.Sgd;
import java.util.Optional;

/**
 * The training of the model: SGD on a loss.
 *
 * @param learningRate positive
 * @param momentum in [0,1)
 * @param momentumKind classic or Nesterov
 * @param weightDecay at least 0
 * @param clipping of the gradients, if any
 * @param schedule of the learning rate over the epochs
 * @param loss on clean and augmented images
 */
public record InnerOptions(
    double learningRate,
    double momentum,
    Sgd.MomentumKind momentumKind,
    double weightDecay,
    Optional<GradientClipping> clipping,
    Schedule schedule,
    MixedLoss loss) {
  /** Checks the numbers. */
  public InnerOptions {
    requireRange("learning rate", learningRate, Double.MIN_VALUE, Double.MAX_VALUE, "positive");
    requireRange("momentum", momentum, 0, Math.nextDown(1.0), "at least 0, below 1");
    requireRange("weight decay", weightDecay, 0, Double.MAX_VALUE, "at least 0");
    if (momentumKind == Sgd.MomentumKind.NESTEROV && momentum == 0) {
      throw new IllegalArgumentException("momentum is 0, allowed with Nesterov: above 0");
    }
  }

  /**
   * SGD with momentum 0.9, weight decay 5e-4, gradients clipped to norm 1, a cosine schedule and
   * the mixed loss with weight 1.
   */
  public static InnerOptions defaults(double learningRate) {
    return new InnerOptions(
        learningRate,
        0.9,
        Sgd.MomentumKind.CLASSIC,
        5e-4,
        Optional.of(new GradientClipping(1)),
        Schedule.cosine(),
        new MixedLoss(1));
  }

  /** The same with another schedule. */
  public InnerOptions withSchedule(Schedule changed) {
    return new InnerOptions(
        learningRate, momentum, momentumKind, weightDecay, clipping, changed, loss);
  }

  /** The inner step. */
  public InnerStep step() {
    return new InnerStep(new Sgd(momentumKind), clipping);
  }

  /** Hyperparameters of an epoch, counted from 0. */
  public Hyperparameters hyperparameters(int epoch, int epochs) {
    return new Sgd()
        .defaults()
        .with(Hyperparameters.LEARNING_RATE, learningRate(epoch, epochs))
        .with(Hyperparameters.MOMENTUM, momentum)
        .with(Hyperparameters.WEIGHT_DECAY, weightDecay);
  }

  /** Learning rate of an epoch, counted from 0. */
  public double learningRate(int epoch, int epochs) {
    return learningRate * schedule.factor(epoch, epochs);
  }

  static void requireRange(
      String name, double value, double smallest, double largest, String allowed) {
    if (!(value >= smallest && value <= largest)) {
      throw new IllegalArgumentException(name + " is " + value + ", allowed: " + allowed);
    }
  }
}
