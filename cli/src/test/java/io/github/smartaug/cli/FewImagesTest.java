package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on so few images that the usual batch size would waste many of them. */
class FewImagesTest {
  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void chooseFolder() {
    run = folder.resolve("run");
  }

  /** 250 images, of which a fifth is for validation. */
  private static Result train(Path out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--out", out.toString()));
    arguments.addAll(List.of("--limit-train", "250", "--limit-test", "20", "--threads", "1"));
    arguments.addAll(List.of("--model", "mlp", "--length", "1", "--epochs", "1"));
    arguments.addAll(List.of(more));
    Result result = InProcess.run(arguments.toArray());
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    return result;
  }

  private static int recordedBatchSize(Path run) throws IOException {
    return new ObjectMapper()
        .readTree(run.resolve("config.json").toFile())
        .required("options")
        .required("batch-size")
        .asInt();
  }

  @Test
  void who_lets_few_validation_images_teach_a_policy_is_told_what_was_as_good() {
    assertThat(train(run).out()).anyMatch(FewImagesTest::warns);
    assertThat(train(folder.resolve("plain"), "--augment", "none").out())
        .noneMatch(FewImagesTest::warns);
    assertThat(train(folder.resolve("unlearned"), "--meta-lr", "0").out())
        .noneMatch(FewImagesTest::warns);
  }

  private static boolean warns(String line) {
    return line.matches(
        " +learned from \\d+ validation images: with so few, --augment random was as good.*");
  }

  @Test
  void the_batch_size_follows_from_the_data_and_is_recorded_and_repeated() throws IOException {
    Result result = train(run);

    assertThat(result.out()).anyMatch(line -> line.startsWith("run     1 epoch of 10 steps"));
    assertThat(result.out()).noneMatch(line -> line.contains("leaves out"));
    assertThat(recordedBatchSize(run)).isEqualTo(20);

    Path given = folder.resolve("given");
    train(given, "--batch-size", "20");
    assertThat(RunOutcome.of(given)).isEqualTo(RunOutcome.of(run));

    Path repeated = folder.resolve("repeated");
    Object[] again = {"train", "--config", run.resolve("config.json"), "--out", repeated};
    assertThat(InProcess.run(again).exitCode()).isZero();
    assertThat(recordedBatchSize(repeated)).isEqualTo(20);
    assertThat(RunOutcome.of(repeated)).isEqualTo(RunOutcome.of(run));
  }

  @Test
  void a_run_whose_batch_size_was_chosen_is_resumed_to_the_same_bits() {
    train(run);
    Path interrupted = TinyTraining.interruptedCopy(run, folder.resolve("interrupted"));

    Result result = InProcess.run("train", "--resume", "--out", interrupted, "--batch-size", "20");

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(RunOutcome.of(interrupted)).isEqualTo(RunOutcome.of(run));
  }

  @Test
  void a_policy_whose_model_knows_its_few_images_by_heart_is_shrunk_unless_told_otherwise()
      throws IOException {
    assertThat(trainUntilKnown(run)).anyMatch(FewImagesTest::tellsOfShrinkage);
    assertThat(shrinkages(run).subList(0, 5)).containsOnly(0.0);
    assertThat(shrinkages(run).get(15)).isPositive();

    for (String other : List.of("--overfit-shrinkage 0", "--meta-lr 0", "--augment random")) {
      Path free = folder.resolve(other);
      assertThat(trainUntilKnown(free, other.split(" ")))
          .noneMatch(FewImagesTest::tellsOfShrinkage);
      assertThat(shrinkages(free)).as(other).containsOnly(0.0);
    }
  }

  /** What is printed. */
  private static List<String> trainUntilKnown(Path out, String... more) {
    List<Object> arguments = new ArrayList<>(List.of("train", "--out", out, "--threads", "1"));
    arguments.addAll(List.of("--limit-train", "100", "--limit-test", "20", "--model", "mlp"));
    arguments.addAll(List.of("--epochs", "16", "--augmented-weight", "0.1"));
    arguments.addAll(List.of(more));
    Result result = InProcess.run(arguments.toArray());
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    return result.out();
  }

  private static boolean tellsOfShrinkage(String line) {
    return line.matches(
        "the model overfits: the policy went \\d+ % of the way back to where it started");
  }

  private static List<Double> shrinkages(Path run) throws IOException {
    try (Stream<String> lines = Files.lines(run.resolve("log.jsonl"))) {
      return lines.map(FewImagesTest::shrinkage).toList();
    }
  }

  private static double shrinkage(String line) {
    try {
      return new ObjectMapper().readTree(line).required("policy_shrinkage").asDouble();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_batch_size_that_wastes_images_is_followed_and_said() throws IOException {
    Result result = train(run, "--batch-size", "128");

    assertThat(result.out())
        .contains(
            "        every epoch leaves out 72 of the 200 training images, which do not fill a batch"
                + " of 128");
    assertThat(recordedBatchSize(run)).isEqualTo(128);
  }

  @Test
  void a_policy_that_barely_moved_is_said_to_with_how_far() {
    assertThat(
            train(run, "--batch-size", "100", "--choice-rule", "adam", "--meta-lr", "0.02").out())
        .anyMatch(
            line ->
                line.matches(
                    "the policy barely moved \\(probabilities by at most 0\\.[0-9]+ percentage"
                        + " points, magnitudes by at most 0\\.0[12]\\), so its order is .*"));
    assertThat(train(folder.resolve("far"), "--meta-lr", "0.3").out())
        .noneMatch(line -> line.contains("barely moved"));
  }
}
