package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MemoryNeedTest {
  @Test
  void more_than_the_heap_has_is_refused_and_all_of_it_is_not() {
    long heap = Runtime.getRuntime().maxMemory();

    assertThatCode(() -> MemoryNeed.requireOfHeap("images", (double) heap))
        .doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemoryNeed.requireOfHeap("images", (double) heap + (double) (1L << 30)))
        .withMessageMatching(
            "images: at least [0-9.]+ GB of memory, allowed: the [0-9.]+ GB of Java's heap");
  }

  @Test
  void more_than_the_machine_has_is_refused_and_a_gigabyte_is_not() {
    assertThatCode(() -> MemoryNeed.requireOfMachine("step", 1 << 30)).doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemoryNeed.requireOfMachine("step", Math.pow(2, 80)))
        .withMessageStartingWith("step: at least 1125899906842624.0 GB of memory, allowed: the ")
        .withMessageEndingWith(" GB of the machine");
  }
}
