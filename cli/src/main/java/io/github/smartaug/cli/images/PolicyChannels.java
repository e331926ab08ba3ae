package io.github.smartaug.cli.images;

import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.NamedTransform;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Whether images have the channels that a policy needs, whatever it draws. */
public final class PolicyChannels {
  private PolicyChannels() {}

  /**
   * Checks every transform.
   *
   * @throws IllegalArgumentException that names the first which takes no images of so many channels
   */
  public static void require(LearnablePolicy policy, int channels) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor black = torch.zeros(1, channels, 2, 2);
      Tensor value = torch.ones(1);
      for (NamedTransform named : policy.transforms().transforms()) {
        try {
          named.transform().apply(black, value);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "transform \"" + named.name() + "\": " + e.getMessage(), e);
        }
      }
    }
  }
}
