package io.github.smartaug.optim;

import org.bytedeco.pytorch.Tensor;

/** How weight decay enters an update. */
public enum WeightDecay {
  /** As the gradient of an L2 penalty: {@code gradient += weight_decay * parameter}. */
  PENALTY {
    @Override
    Tensor gradient(Tensor gradient, Tensor parameter, Hyperparameters hyperparameters) {
      Hyperparameter decay = hyperparameters.get(Hyperparameters.WEIGHT_DECAY);
      // Without decay a second handle, because slots take only tensors that are the update's own.
      return decay.isZero() ? new Tensor(gradient) : decay.addTo(gradient, parameter);
    }

    @Override
    Tensor parameter(Tensor parameter, Hyperparameters hyperparameters) {
      return parameter;
    }
  },

  /**
   * Past the gradient: {@code parameter *= 1 - learning_rate * weight_decay}. Loshchilov and
   * Hutter, "Decoupled weight decay regularization", ICLR 2019.
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
  };

  /** The gradient that the rule is to see, a new handle. */
  abstract Tensor gradient(Tensor gradient, Tensor parameter, Hyperparameters hyperparameters);

  /** The parameter that the rule is to move. */
  abstract Tensor parameter(Tensor parameter, Hyperparameters hyperparameters);
}
