package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while a step takes long. */
@DisabledOnOs(OS.WINDOWS)
class InterruptionIT {
  private static final String FIRST = "epoch-0001-step-00000";

  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void name() {
    run = folder.resolve("it's a run");
  }

  /**
   * Steps of several seconds, of which the first has begun: the checkpoint is written before it.
   */
  private SmartAugProcess start() throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", "--out", run.toString(), "--threads", "1"));
    arguments.addAll(List.of("--model", "resnet18-3x3", "--batch-size", "128", "--epochs", "2"));
    arguments.addAll(List.of("--limit-train", "400", "--limit-test", "10", "--augment", "none"));
    SmartAugProcess process = SmartAugProcess.start(folder, arguments.toArray(String[]::new));
    Path checkpoint = run.resolve("checkpoint").resolve(FIRST);
    while (process.isAlive() && !checkpoint.toFile().exists()) {
      Thread.sleep(10);
    }
    Thread.sleep(300);
    return process;
  }

  @Test
  void it_says_at_once_what_happens_and_saves_the_run_after_the_step() throws Exception {
    try (SmartAugProcess process = start()) {
      process.interrupt();
      long asked = System.nanoTime();
      assertThat(process.awaitError("stopping after this step")).isTrue();
      long said = System.nanoTime() - asked;
      Result result = process.await();
      long ended = System.nanoTime() - asked;

      assertThat(result.err())
          .containsExactly(
              "smartaug: stopping after this step, then the run is saved; Ctrl-C again stops now"
                  + " (the last checkpoint is "
                  + FIRST
                  + ")",
              "smartaug: interrupted: stopped in epoch 1 after step 1; to go on: smartaug train"
                  + " --resume --out '"
                  + run.toString().replace("'", "'\\''")
                  + "'");
      assertThat(result.exitCode()).isEqualTo(130);
      assertThat(TinyTraining.checkpoints(run))
          .containsExactly(
              run.resolve("checkpoint/epoch-0001-step-00001"),
              run.resolve("checkpoint").resolve(FIRST));
      assertThat(said).isLessThan(ended / 2);
    }
  }

  @Test
  void a_second_one_stops_now() throws Exception {
    try (SmartAugProcess process = start()) {
      process.interrupt();
      assertThat(process.awaitError("Ctrl-C again stops now")).isTrue();
      process.interrupt();
      Result result = process.await();

      assertThat(result.err())
          .hasSize(2)
          .last()
          .isEqualTo("smartaug: stopped now, the last checkpoint is " + FIRST);
      assertThat(result.exitCode()).isEqualTo(130);
      assertThat(TinyTraining.checkpoints(run))
          .containsExactly(run.resolve("checkpoint").resolve(FIRST));
    }
  }

  @Test
  void a_request_to_end_is_followed_as_well() throws Exception {
    try (SmartAugProcess process = start()) {
      long asked = System.nanoTime();
      process.terminate();
      Result result = process.await();
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - asked)).isLessThan(60);
      assertThat(result.err().get(0))
          .isEqualTo(
              "smartaug: stopping after this step, then the run is saved; what takes longer than"
                  + " 30 s is broken off (the last checkpoint is "
                  + FIRST
                  + ")");
      assertThat(result.exitCode()).isEqualTo(143);
    }
  }
}
