package io.github.smartaug.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A stretch of code in which libtorch computes convolutions and matrix products in a shorter
 * floating-point type and keeps the others in float32, by its own lists; Micikevicius et al.,
 * "Mixed precision training", ICLR 2018. Belongs to the thread that opened it.
 *
 * <p>Casts of parameters are not cached: a cached one has a history, and would be met again when
 * gradients are differentiated.
 */
public final class Autocast implements AutoCloseable {
  private final DeviceType device;
  private final boolean enabledBefore;
  private final boolean cacheBefore;
  private final ScalarType typeBefore;

  private Autocast(DeviceType device, ScalarType type) {
    this.device = device;
    this.enabledBefore = torch.is_autocast_enabled(device);
    this.cacheBefore = torch.is_autocast_cache_enabled();
    this.typeBefore = torch.get_autocast_dtype(device);
    torch.set_autocast_dtype(device, type);
    torch.set_autocast_cache_enabled(false);
    torch.set_autocast_enabled(device, true);
  }

  /**
   * Begins.
   *
   * @param type to compute in
   * @param like a tensor on the device that it is about
   */
  public static Autocast to(ScalarType type, Tensor like) {
    try (TensorScope scope = TensorScope.open()) {
      return new Autocast(like.device().type(), type);
    }
  }

  /** Brings back what was before. */
  @Override
  public void close() {
    torch.set_autocast_enabled(device, enabledBefore);
    torch.set_autocast_cache_enabled(cacheBefore);
    torch.set_autocast_dtype(device, typeBefore);
  }
}
