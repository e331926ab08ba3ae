package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that are interrupted at random moments, and go on. */
class ResumeIT {
  private static final int INTERRUPTIONS = 10;
  private static final int EPOCHS = 3;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "learned, 3, 1, 1000", // checkpoints after epochs alone
    "sequence, 2, 2, 0.003" // and several in an epoch
  })
  void a_run_interrupted_again_and_again_ends_with_the_same_bits(
      String augment, int innerSteps, int seed, String checkpointMinutes) throws Exception {
    List<String> options =
        List.of(
            "--augment",
            augment,
            "--inner-steps",
            Integer.toString(innerSteps),
            "--checkpoint-minutes",
            checkpointMinutes);
    long started = System.nanoTime();
    Result whole = SmartAugProcess.run(folder, begin("whole", options));
    long milliseconds = (System.nanoTime() - started) / 1_000_000;
    assertThat(whole.exitCode()).as("%s", whole.err()).isZero();

    Chain chain = new Chain(new Random(seed), options, milliseconds / 8);
    chain.interrupt();
    Result last = SmartAugProcess.run(folder, "train", "--resume", "--out", chain.name());

    assertThat(last.exitCode()).as("%s", last.err()).isZero();
    assertThat(RunOutcome.of(folder.resolve(chain.name())))
        .isEqualTo(RunOutcome.of(folder.resolve("whole")));
  }

  private static String[] begin(String name, List<String> options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", "--out", name, "--threads", "1", "--length", "1"));
    arguments.addAll(List.of("--limit-train", "500", "--limit-test", "100"));
    arguments.addAll(List.of("--epochs", Integer.toString(EPOCHS), "--batch-size", "32"));
    arguments.addAll(List.of("--momentum", "0.9"));
    arguments.addAll(options);
    return arguments.toArray(String[]::new);
  }

  /** Starts a run, ends it at a random moment, goes on, ends it again. */
  private final class Chain {
    private final Random random;
    private final List<String> options;
    private final long longestDelay;
    private int runs;

    Chain(Random random, List<String> options, long longestDelay) {
      this.random = random;
      this.options = options;
      this.longestDelay = longestDelay;
    }

    String name() {
      return "interrupted-" + runs;
    }

    void interrupt() throws Exception {
      int done = 0;
      boolean begun = false;
      while (done < INTERRUPTIONS) {
        String[] arguments =
            begun ? new String[] {"train", "--resume", "--out", name()} : begin(name(), options);
        try (SmartAugProcess process = SmartAugProcess.start(folder, arguments)) {
          awaitFirstCheckpoint(process);
          Thread.sleep(random.nextLong(longestDelay));
          boolean kill = done % 2 == 0;
          if (kill) {
            process.kill();
          } else {
            process.interrupt();
          }
          Result result = process.await();
          begun = true;
          if (result.exitCode() == 0) {
            // It was faster than the signal: another run is to be interrupted.
            runs++;
            begun = false;
          } else {
            assertThat(result.exitCode()).as("%s", result.err()).isEqualTo(kill ? 137 : 130);
            done++;
            checkWhatIsLeft(result, kill);
          }
        }
      }
    }

    private void awaitFirstCheckpoint(SmartAugProcess process) throws Exception {
      assertThat(process.awaitOutput("run  ")).isTrue();
      Path checkpoints = folder.resolve(name()).resolve("checkpoint");
      while (!hasCheckpoint(checkpoints)) {
        Thread.sleep(1);
      }
    }

    private static boolean hasCheckpoint(Path checkpoints) {
      String[] names = checkpoints.toFile().list((parent, name) -> name.startsWith("epoch-"));
      return names != null && names.length > 0;
    }

    private void checkWhatIsLeft(Result result, boolean killed) throws IOException {
      assertThat(RunOutcome.log(folder.resolve(name()))).hasSizeLessThanOrEqualTo(EPOCHS);
      if (!killed) {
        assertThat(result.err())
            .singleElement()
            .asString()
            .matches(
                "smartaug: interrupted: stopped in epoch \\d after step \\d+; to go on: smartaug"
                    + " train --resume --out interrupted-\\d");
      }
    }
  }
}
