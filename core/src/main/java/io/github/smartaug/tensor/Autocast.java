package io.github.smartaug.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Mixed precision while it is open: libtorch computes convolutions and matrix products in a shorter
 * floating-point type, other operations in float32. Libtorch decides which operation belongs where.
 * Applies to the thread that opened it. Micikevicius et al., "Mixed precision training", ICLR 2018.
 *
 * <p>Converted parameters are kept only while {@link SharedCasts} are open: libtorch would keep
 * them for as long as mixed precision is on, whatever becomes of the parameters' values meanwhile.
 */
public final class Autocast implements AutoCloseable {
  private final DeviceType device;
  private final boolean enabledBefore;
  private final boolean cacheBefore;
  private final ScalarType typeBefore;

  private Autocast(DeviceType device, ScalarType type, boolean enabled, boolean sharesCasts) {
    this.device = device;
    this.enabledBefore = torch.is_autocast_enabled(device);
    this.cacheBefore = torch.is_autocast_cache_enabled();
    this.typeBefore = torch.get_autocast_dtype(device);
    torch.set_autocast_dtype(device, type);
    torch.set_autocast_cache_enabled(sharesCasts);
    torch.set_autocast_enabled(device, enabled);
  }

  /**
   * Switches mixed precision on.
   *
   * @param type for convolutions and matrix products, such as bfloat16
   * @param like any tensor on the device for which it is switched on
   */
  public static Autocast to(ScalarType type, Tensor like) {
    try (TensorScope scope = TensorScope.open()) {
      return new Autocast(like.device().type(), type, true, SharedCasts.apply());
    }
  }

  /**
   * Switches mixed precision off, for what needs all bits of its operands.
   *
   * @param like any tensor on the device for which it is switched off
   */
  public static Autocast off(Tensor like) {
    try (TensorScope scope = TensorScope.open()) {
      DeviceType device = like.device().type();
      return new Autocast(device, torch.get_autocast_dtype(device), false, SharedCasts.apply());
    }
  }

  /** What is set now, to be set again later. */
  static Setting settingFor(Tensor like) {
    try (TensorScope scope = TensorScope.open()) {
      DeviceType device = like.device().type();
      return new Setting(
          device, torch.get_autocast_dtype(device), torch.is_autocast_enabled(device));
    }
  }

  /**
   * A precision that was set.
   *
   * @param device for which
   * @param type for convolutions and matrix products
   * @param enabled whether it was mixed
   */
  record Setting(DeviceType device, ScalarType type, boolean enabled) {
    /** For a computation that is done again, from leaves of its own that are used but once. */
    Autocast open() {
      return new Autocast(device, type, enabled, false);
    }
  }

  /** Restores the settings from before. */
  @Override
  public void close() {
    torch.set_autocast_enabled(device, enabledBefore);
    torch.set_autocast_cache_enabled(cacheBefore);
    torch.set_autocast_dtype(device, typeBefore);
  }
}
