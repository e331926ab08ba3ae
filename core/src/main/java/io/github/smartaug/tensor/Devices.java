package io.github.smartaug.tensor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** Devices by name: {@code cpu}, {@code cuda} (the first), {@code cuda:1}. */
public final class Devices {
  private static final Pattern NAME = Pattern.compile("(cpu)|cuda(?::(\\d{1,3}))?");

  private Devices() {}

  /** Number of CUDA devices that this build of libtorch can use on this machine. */
  public static int cudaCount() {
    TorchRuntime.initialize();
    return torch.cuda_device_count();
  }

  /**
   * The device of that name, in the current scope.
   *
   * @throws IllegalArgumentException if the name is not of this form, or there is no such device
   */
  public static Device parse(String name) {
    Matcher match = NAME.matcher(name);
    if (!match.matches()) {
      throw new IllegalArgumentException("device: \"" + name + "\", allowed: " + allowed());
    }
    if (match.group(1) != null) {
      return device(DeviceType.CPU, -1);
    }
    int index = match.group(2) == null ? 0 : Integer.parseInt(match.group(2));
    int count = cudaCount();
    if (index >= count) {
      throw new IllegalArgumentException(
          String.format(
              "device: %s, but this machine and build have %d CUDA devices, allowed: %s",
              name, count, allowed()));
    }
    return device(DeviceType.CUDA, index);
  }

  private static Device device(DeviceType type, int index) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(new Device(type, (byte) index));
    }
  }

  private static String allowed() {
    return switch (cudaCount()) {
      case 0 -> "cpu";
      case 1 -> "cpu, cuda";
      default -> "cpu, cuda:0 to cuda:" + (cudaCount() - 1);
    };
  }
}
