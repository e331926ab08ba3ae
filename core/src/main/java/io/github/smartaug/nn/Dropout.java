package io.github.smartaug.nn;

import io.github.smartaug.tensor.TorchRuntime;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Dropout: in training, sets each value to zero with probability {@code rate} and divides the
 * others by {@code 1 - rate}; in evaluation, changes nothing. Srivastava et al., "Dropout", JMLR
 * 2014.
 *
 * @param rate in [0,1)
 */
public record Dropout(double rate) implements Layer {
  /** Checks the rate. */
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout rate is " + rate + ", allowed: in [0,1)");
    }
  }

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    if (pass.mode() instanceof Mode.Training training) {
      // The mask is drawn on the device by libtorch's generator; seeding it makes the mask a
      // function of the state of the pass's own generator, which a checkpoint saves.
      TorchRuntime.seed(training.random().nextLong());
      return torch.dropout(input, rate, true);
    }
    return new Tensor(input);
  }
}
