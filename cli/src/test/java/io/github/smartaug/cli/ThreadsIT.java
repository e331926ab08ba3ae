package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.tensor.TorchRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many threads, each of which takes some of the stack that libtorch is called on. */
class ThreadsIT {
  /** Java's threads get so little that the work of many threads does not fit. */
  private static final List<String> SMALL_STACKS = List.of("env", "JAVA_TOOL_OPTIONS=-Xss256k");

  @TempDir Path folder;

  @Test
  void as_many_threads_as_are_allowed_train_whatever_the_stack() {
    Result result = train(TorchRuntime.mostThreads());

    assertThat(result.exitCode()).as(result.message()).isZero();
    assertThat(result.out()).anyMatch(line -> line.startsWith("test accuracy "));
  }

  @Test
  void more_threads_are_refused_in_one_line() {
    int most = TorchRuntime.mostThreads();
    Result result = train(most + 1);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.message())
        .endsWith("smartaug: --threads: " + (most + 1) + ", allowed: from 1 to " + most);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private Result train(int threads) {
    List<String> arguments = new ArrayList<>(List.of("train", "--out", "run"));
    arguments.addAll(List.of("--epochs", "1", "--batch-size", "128", "--limit-train", "600"));
    arguments.addAll(List.of("--limit-test", "100", "--threads", Integer.toString(threads)));
    try (SmartAugProcess process = SmartAugProcess.start(folder, SMALL_STACKS, arguments)) {
      return process.await();
    }
  }
}
