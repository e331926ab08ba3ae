package io.github.smartaug.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Two libtorch in one process would take each other's symbols. */
class OneLibtorchTest {
  @Test
  void neither_core_nor_its_libtorch_is_on_the_class_path_but_djl_is() {
    assertThat(isThere("ai/djl/pytorch/engine/PtEngine.class")).isTrue();
    assertThat(isThere("io/github/smartaug/policy/AugmentationPolicy.class")).isTrue();
    for (String name :
        List.of(
            "io/github/smartaug/tensor/TorchRuntime.class",
            "org/bytedeco/pytorch/global/torch.class",
            "org/bytedeco/javacpp/Loader.class")) {
      assertThat(isThere(name)).as(name).isFalse();
    }
  }

  private static boolean isThere(String resource) {
    return OneLibtorchTest.class.getClassLoader().getResource(resource) != null;
  }
}
