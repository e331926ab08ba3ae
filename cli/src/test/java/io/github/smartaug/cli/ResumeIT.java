package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that are interrupted at random moments, and go on: 34 interruptions in all. */
class ResumeIT {
  private static final int INTERRUPTIONS = 7;
  private static final int FEW_INTERRUPTIONS = 3;
  private static final int EPOCHS = 3;

  /** Where signals are ignored, as in the background of a shell, none is ever interrupted. */
  private static final int MOST_RUNS = 50;

  private static final int IMAGES = 100;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "learned, 3, 1, 1000", // checkpoints after epochs alone
    "sequence, 2, 2, 0.003" // and several in an epoch
  })
  void a_run_interrupted_again_and_again_ends_with_the_same_bits(
      String augment, int innerSteps, int seed, String checkpointMinutes) throws Exception {
    assertSameBits(
        seed,
        List.of(
            "--augment",
            augment,
            "--inner-steps",
            Integer.toString(innerSteps),
            "--checkpoint-minutes",
            checkpointMinutes,
            "--limit-train",
            "500",
            "--limit-test",
            "100",
            "--batch-size",
            "32"));
  }

  @Test
  void a_run_on_a_folder_of_images_with_the_policy_of_a_file_does_as_well() throws Exception {
    TinyTraining.train(folder.resolve("earlier"));
    for (int i = 0; i < IMAGES; i++) {
      Path part = folder.resolve("pictures").resolve(i % 5 == 0 ? "test" : "train");
      Pictures.write(part.resolve("class" + i % 3 + "/" + i + ".png"), Pictures.colour(20 + i, 30));
    }
    assertSameBits(
        3,
        List.of(
            "--augment",
            "earlier/policy.json",
            "--dataset",
            "pictures",
            "--image-size",
            "28",
            "--copies",
            "4",
            "--batch-size",
            "16",
            "--checkpoint-minutes",
            "0.001"));
  }

  @Test
  void a_run_that_leaves_out_unreadable_images_does_as_well() throws Exception {
    for (int i = 0; i < IMAGES; i++) {
      Path kind = folder.resolve("pictures").resolve("class" + i % 3);
      Path file = Pictures.write(kind.resolve(i + ".png"), Pictures.colour(20 + i, 30));
      if (i % 7 == 0) {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 200));
      }
    }
    assertSameBits(
        4,
        FEW_INTERRUPTIONS,
        List.of(
            "--augment",
            "learned",
            "--inner-steps",
            "2",
            "--dataset",
            "pictures",
            "--skip-bad",
            "--image-size",
            "28",
            "--batch-size",
            "16",
            "--checkpoint-minutes",
            "0.001"));
    assertThat(Files.readString(folder.resolve("whole/result.json"))).contains("class0/0.png");
  }

  @Test
  void a_run_that_begins_with_the_model_of_another_does_as_well() throws Exception {
    TinyTraining.train(folder.resolve("earlier"));
    assertSameBits(
        5,
        FEW_INTERRUPTIONS,
        List.of(
            "--model",
            "earlier",
            "--augment",
            "learned",
            "--inner-steps",
            "2",
            "--limit-train",
            "300",
            "--limit-test",
            "50",
            "--batch-size",
            "32",
            "--checkpoint-minutes",
            "0.001"));
    assertThat(folder.resolve("whole/initial.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("earlier/model.safetensors"));
  }

  @Test
  void a_run_that_refits_its_model_does_as_well() throws Exception {
    assertSameBits(
        6,
        List.of(
            "--augment",
            "learned",
            "--inner-steps",
            "5",
            "--limit-train",
            "300",
            "--limit-test",
            "50",
            "--batch-size",
            "16",
            "--refit",
            "--checkpoint-minutes",
            "0.001"));
    assertThat(folder.resolve("whole/refit/log.jsonl")).content().hasLineCount(EPOCHS);
  }

  private void assertSameBits(int seed, List<String> options) throws Exception {
    assertSameBits(seed, INTERRUPTIONS, options);
  }

  private void assertSameBits(int seed, int interruptions, List<String> options) throws Exception {
    long started = System.nanoTime();
    Result whole = SmartAugProcess.run(folder, arguments("whole", options));
    long milliseconds = (System.nanoTime() - started) / 1_000_000;
    assertThat(whole.exitCode()).as("%s", whole.err()).isZero();

    Chain chain = new Chain(new Random(seed), options, milliseconds / 8);
    chain.interrupt(interruptions);
    Result last = SmartAugProcess.run(folder, resuming(chain.name(), options));

    assertThat(last.exitCode()).as("%s", last.err()).isZero();
    assertThat(RunOutcome.of(folder.resolve(chain.name())))
        .isEqualTo(RunOutcome.of(folder.resolve("whole")));
  }

  private static String[] arguments(String name, List<String> options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", "--out", name, "--threads", "1", "--length", "1"));
    arguments.addAll(List.of("--epochs", Integer.toString(EPOCHS), "--momentum", "0.9"));
    arguments.addAll(options);
    return arguments.toArray(String[]::new);
  }

  /** The same command begins the run and goes on with it. */
  private static String[] resuming(String name, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of(arguments(name, options)));
    arguments.add("--resume");
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

    void interrupt(int interruptions) throws Exception {
      int done = 0;
      boolean begun = false;
      while (done < interruptions) {
        try (SmartAugProcess process = SmartAugProcess.start(folder, resuming(name(), options))) {
          assertThat(process.awaitOutput("run  ")).isTrue();
          // The first one comes about when the first checkpoint is written.
          Thread.sleep(begun ? random.nextLong(longestDelay) : random.nextLong(20));
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
            assertThat(runs).as("runs that no signal ended").isLessThan(MOST_RUNS);
          } else {
            assertThat(result.exitCode()).as("%s", result.err()).isEqualTo(kill ? 137 : 130);
            done++;
            checkWhatIsLeft(result, kill);
          }
        }
      }
    }

    private void checkWhatIsLeft(Result result, boolean killed) throws IOException {
      if (!killed) {
        assertThat(RunOutcome.log(folder.resolve(name()))).hasSizeLessThanOrEqualTo(EPOCHS);
        assertThat(result.err()).hasSize(2);
        assertThat(result.err().get(0)).startsWith("smartaug: stopping after this step, ");
        assertThat(result.err().get(1))
            .matches(
                "smartaug: interrupted: stopped in epoch \\d after step \\d+; to go on: smartaug"
                    + " train --resume --out interrupted-\\d");
      }
    }
  }
}
