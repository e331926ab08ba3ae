package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs over images that are decoded when a batch needs them. */
@Timeout(120)
class StreamedTrainingTest {
  private static final int IMAGES = 24;

  @TempDir Path folder;

  @BeforeEach
  void write_photos() {
    for (int i = 0; i < IMAGES; i++) {
      for (String name : List.of("ant", "bee")) {
        int width = 8 + i % 5 + (name.equals("bee") ? 9 : 0);
        Pictures.write(
            folder.resolve("photos/%s/%d.png".formatted(name, i)), Pictures.colour(width, 9));
      }
    }
  }

  @Test
  void a_run_gives_the_same_bits_however_its_images_are_loaded() {
    train("held", "--in-memory", "always", "--epochs", "2");
    RunOutcome held = RunOutcome.of(folder.resolve("held"));
    for (String threads : List.of("0", "1", "2", "8")) {
      String run = "streamed-" + threads;
      train(run, "--in-memory", "never", "--loader-threads", threads, "--epochs", "2");
      assertThat(RunOutcome.of(folder.resolve(run))).as(threads + " threads").isEqualTo(held);
    }
    Result evaluated = InProcess.run("evaluate", folder.resolve("streamed-2"));
    assertThat(evaluated.exitCode()).as(evaluated.message()).isZero();
  }

  @Test
  void a_run_may_go_on_with_its_images_held_in_memory() {
    train("whole", "--in-memory", "never", "--epochs", "2");
    Path run = folder.resolve("run");
    TinyTraining.interruptedCopy(folder.resolve("whole"), run);

    Result resumed =
        InProcess.run(
            "train", "--resume", "--out", run, "--in-memory", "always", "--loader-threads", "1");

    assertThat(resumed.exitCode()).as(resumed.message()).isZero();
    assertThat(RunOutcome.of(run)).isEqualTo(RunOutcome.of(folder.resolve("whole")));
  }

  @Test
  void random_crops_are_the_same_however_images_are_loaded_and_after_an_interruption() {
    train("whole", "--fit", "random-crop", "--epochs", "2");
    RunOutcome whole = RunOutcome.of(folder.resolve("whole"));
    train("alone", "--fit", "random-crop", "--epochs", "2", "--loader-threads", "0");
    train("held", "--fit", "random-crop", "--epochs", "2", "--in-memory", "always");
    train("centre", "--fit", "crop", "--epochs", "2");
    Path run = folder.resolve("run");
    TinyTraining.interruptedCopy(folder.resolve("whole"), run);
    TinyTraining.delete(TinyTraining.checkpoints(run).get(0));

    Result resumed = InProcess.run("train", "--resume", "--out", run, "--loader-threads", "8");

    assertThat(resumed.exitCode()).as(resumed.message()).isZero();
    assertThat(RunOutcome.of(run)).isEqualTo(whole);
    assertThat(RunOutcome.of(folder.resolve("alone"))).isEqualTo(whole);
    assertThat(RunOutcome.of(folder.resolve("held"))).isEqualTo(whole);
    assertThat(RunOutcome.of(folder.resolve("centre"))).isNotEqualTo(whole);
  }

  @Test
  void an_image_that_is_lost_while_training_ends_the_run_in_one_line_and_keeps_its_checkpoints()
      throws Exception {
    Path run = folder.resolve("run");
    List<Result> results = new ArrayList<>();
    Thread training =
        new Thread(
            () ->
                results.add(
                    InProcess.run(arguments("run", "--in-memory", "never", "--epochs", "10000"))));
    training.start();
    waitFor(run.resolve("log.jsonl"));
    for (int i = 0; i < IMAGES; i++) {
      Files.delete(folder.resolve("photos/ant/" + i + ".png"));
    }
    training.join();

    Result result = results.get(0);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .singleElement()
        .asString()
        .matches(
            "smartaug: .*photos/ant/\\d+.png: cannot be read \\(no such file\\), allowed: .*;"
                + " what was saved is kept in "
                + run);
    assertThat(TinyTraining.checkpoints(run)).isNotEmpty();
    Result resumed = InProcess.run("train", "--resume", "--out", run);
    assertThat(resumed.exitCode()).isEqualTo(2);
  }

  private static void waitFor(Path file) throws IOException, InterruptedException {
    while (!Files.exists(file) || Files.size(file) == 0) {
      Thread.sleep(20);
    }
  }

  private void train(String run, String... more) {
    Result result = InProcess.run(arguments(run, more));
    assertThat(result.exitCode()).as(result.message()).isZero();
  }

  private Object[] arguments(String run, String... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("train", "--dataset", folder.resolve("photos")));
    arguments.addAll(List.of("--out", folder.resolve(run), "--image-size", 8, "--model", "mlp"));
    arguments.addAll(List.of("--length", 1, "--inner-steps", 2, "--batch-size", 8));
    arguments.addAll(List.of("--threads", 1));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }
}
