package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionIT {
  private static final String[] LONG_RUN = {
    "train", "--limit-train", "600", "--limit-test", "100", "--epochs", "1000", "--out", "run"
  };

  @TempDir Path folder;

  @Test
  void ctrl_c_ends_a_run_with_130_and_an_intact_log() throws Exception {
    try (SmartAugProcess process = SmartAugProcess.start(folder, LONG_RUN)) {
      assertThat(process.awaitOutput("epoch ")).isTrue();
      process.interrupt();
      SmartAugProcess.Result result = process.await();
      assertThat(result.exitCode()).isEqualTo(130);
      assertThat(result.err()).singleElement().asString().startsWith("smartaug: interrupted");
      assertThat(Files.readString(folder.resolve("run/log.jsonl"))).endsWith("}\n");
    }
  }
}
