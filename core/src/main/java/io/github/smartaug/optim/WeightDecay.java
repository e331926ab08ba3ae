package io.github.smartaug.optim;

import org.bytedeco.pytorch.Tensor;

/** How weight decay enters an update. */
public enum WeightDecay {
  /** As the gradient of an L2 penalty: {@code gradient += weight_decay * parameter}. */
  PENALTY {
    @Override
    Tensor gradient(Tensor gradient, Tensor parameter, Hyperparameters hyperparameters) {
      Hyperparameter decay = hyperparameters.get(Hyperparameters.WEIGHT_DECAY);
      // Without decay, a second handle of the same tensor: slots must own their tensors.
      return decay.isZero() ? new Tensor(gradient) : decay.addTo(gradient, parameter);
    }

    @Override
    Tensor parameter(Tensor parameter, Hyperparameters hyperparameters) {
      return parameter;
    }

    @Override
    void overwrite(Tensor gradient, Tensor parameter, Hyperparameters hyperparameters) {
      Hyperparameter decay = hyperparameters.get(Hyperparameters.WEIGHT_DECAY);
      if (!decay.isZero()) {
        decay.addInto(gradient, parameter);
      }
    }
  },

  /**
   * Directly, not through the gradient: {@code parameter *= 1 - learning_rate * weight_decay}.
   * Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019.
   */
  DECOUPLED {
    @Override
    Tensor gradient(Tensor gradient, Tensor parameter, Hyperparameters hyperparameters) {
      return new Tensor(gradient);
    }

    @Override
    Tensor parameter(Tensor parameter, Hyperparameters hyperparameters) {
      Hyperparameter decay = hyperparameters.get(Hyperparameters.WEIGHT_DECAY);
      Hyperparameter rate = hyperparameters.get(Hyperparameters.LEARNING_RATE);
      return decay.isZero() ? parameter : rate.times(decay).complement().times(parameter);
    }

    @Override
    void overwrite(Tensor gradient, Tensor parameter, Hyperparameters hyperparameters) {
      Hyperparameter decay = hyperparameters.get(Hyperparameters.WEIGHT_DECAY);
      if (!decay.isZero()) {
        hyperparameters
            .get(Hyperparameters.LEARNING_RATE)
            .times(decay)
            .complement()
            .scale(parameter);
      }
    }
  };

  /** The gradient for the update rule, a new handle. */
  abstract Tensor gradient(Tensor gradient, Tensor parameter, Hyperparameters hyperparameters);

  /** The parameter for the update rule. */
  abstract Tensor parameter(Tensor parameter, Hyperparameters hyperparameters);

  /** Turns both into those for the update rule, in their places, to the same bits. */
  abstract void overwrite(Tensor gradient, Tensor parameter, Hyperparameters hyperparameters);
}
