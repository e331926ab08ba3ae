package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CompletableFuture;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class MemoryFailureTest {
  static {
    TorchRuntime.initialize();
  }

  @Test
  void what_libtorch_could_not_allocate_is_told_in_gigabytes() {
    Throwable failure = catchThrowable(() -> torch.empty(1L << 45));

    assertThat(MemoryFailure.line(failure))
        .contains(
            "memory: 131072.0 GB more could not be had, allowed: less at once (--batch-size,"
                + " --copies, --inner-steps, --image-size)");
  }

  @Test
  void sizes_that_no_number_can_hold_are_a_lack_of_memory() {
    Throwable failure = catchThrowable(() -> torch.empty(1L << 40, 1L << 40));

    assertThat(MemoryFailure.line(failure).orElseThrow())
        .startsWith("memory: what was asked for could not be had, allowed: less at once");
  }

  @Test
  void a_full_heap_is_found_behind_other_exceptions() {
    Throwable failure =
        catchThrowable(
            () -> CompletableFuture.supplyAsync(() -> new long[Integer.MAX_VALUE - 8]).join());

    assertThat(MemoryFailure.line(new IllegalStateException("image 7", failure)).orElseThrow())
        .matches("memory: [0-9]+ MB of Java's heap do not suffice \\(Java heap space\\), .*-Xmx");
  }

  @Test
  void direct_buffers_have_a_limit_of_their_own() {
    OutOfMemoryError failure =
        new OutOfMemoryError("Cannot reserve 7 bytes of direct buffer memory (limit: 5)");

    assertThat(MemoryFailure.line(failure).orElseThrow())
        .contains("Java's direct buffers do not suffice")
        .endsWith("-XX:MaxDirectMemorySize=");
  }

  @Test
  void other_failures_are_none_of_memory() {
    Throwable failure = catchThrowable(() -> torch.empty(2).view(3));

    assertThat(failure).isNotNull();
    assertThat(MemoryFailure.line(failure)).isEmpty();
    assertThat(MemoryFailure.line(new IllegalStateException())).isEmpty();
  }
}
