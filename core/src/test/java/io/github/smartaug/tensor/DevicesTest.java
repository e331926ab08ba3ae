package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.bytedeco.pytorch.Device;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
  @Test
  void the_cpu_is_always_there() {
    try (TensorScope scope = TensorScope.open()) {
      Device device = Devices.parse("cpu");

      assertThat(device.is_cpu()).isTrue();
      assertThat(device.str().getString()).isEqualTo("cpu");
    }
  }

  @Test
  void the_first_cuda_device_needs_no_number() {
    Assumptions.assumeTrue(Devices.cudaCount() > 0);
    try (TensorScope scope = TensorScope.open()) {
      assertThat(Devices.parse("cuda").str().getString()).isEqualTo("cuda:0");
      assertThat(Devices.parse("cuda:0").is_cuda()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "CUDA", "cuda:", "cuda:x", "cuda:-1", "cpu:1", "cuda:99999"})
  void an_unknown_name_is_refused_with_what_is_allowed(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Devices.parse(name))
        .withMessageStartingWith("device: \"" + name + "\", allowed: cpu");
  }

  @Test
  void a_cuda_device_that_is_not_there_is_refused_with_the_number_there_is() {
    int count = Devices.cudaCount();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Devices.parse("cuda:" + count))
        .withMessageStartingWith("device: cuda:" + count + ", but this machine")
        .withMessageContaining("have " + count + " CUDA devices, allowed: cpu");
  }
}
