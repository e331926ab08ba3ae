package io.github.smartaug.bench;

import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import java.util.Optional;

/** How both loops train: SGD with momentum and weight decay, on clipped gradients. */
final class PlainTraining {
  static final double LEARNING_RATE = 0.01;
  static final double MOMENTUM = 0.9;
  static final double WEIGHT_DECAY = 5e-4;
  static final double LARGEST_NORM = 1;

  private PlainTraining() {}

  static InnerStep step() {
    return new InnerStep(new DifferentiableSgd(), Optional.of(new GradientClipping(LARGEST_NORM)));
  }

  static Hyperparameters hyperparameters() {
    return new DifferentiableSgd()
        .defaults()
        .with(Hyperparameters.LEARNING_RATE, LEARNING_RATE)
        .with(Hyperparameters.MOMENTUM, MOMENTUM)
        .with(Hyperparameters.WEIGHT_DECAY, WEIGHT_DECAY);
  }
}
