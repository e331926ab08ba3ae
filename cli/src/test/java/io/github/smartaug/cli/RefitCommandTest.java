package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --refit}: a second training behind the first one. */
class RefitCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path shared;
  private static Path plain;
  private static Path refitted;
  private static Result output;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    plain = shared.resolve("plain");
    refitted = shared.resolve("refitted");
    TinyTraining.train(plain);
    output = refit(refitted);
    assertThat(output.exitCode()).as("%s", output.err()).isZero();
  }

  private static Result refit(Path out, String... more) {
    List<String> arguments = TinyTraining.arguments(out, List.of(more));
    arguments.add("--refit");
    return InProcess.run(arguments.toArray());
  }

  private static JsonNode result(Path run) throws IOException {
    return JSON.readTree(run.resolve("result.json").toFile());
  }

  @Test
  void the_first_training_is_the_same_as_without_it_and_its_model_stays() {
    assertThat(refitted.resolve("before-refit.safetensors"))
        .hasSameBinaryContentAs(plain.resolve("model.safetensors"));
    assertThat(RunOutcome.of(refitted).policy()).isEqualTo(RunOutcome.of(plain).policy());
    assertThat(RunOutcome.of(refitted).log()).isEqualTo(RunOutcome.of(plain).log());
    assertThat(plain.resolve("before-refit.safetensors")).doesNotExist();
    assertThat(plain.resolve("refit")).doesNotExist();
  }

  @Test
  void the_accuracies_of_both_are_reported() throws IOException {
    JsonNode refit = result(refitted).required("refit");
    double after = refit.required("test_accuracy").asDouble();

    assertThat(refit.required("test_accuracy_before"))
        .isEqualTo(result(plain).get("test_accuracy"));
    assertThat(refit.required("images").asInt()).isEqualTo(120);
    assertThat(refit.required("epochs").asInt()).isEqualTo(2);
    assertThat(result(refitted).required("test_accuracy").asDouble()).isEqualTo(after);
    assertThat(result(refitted).required("test").required("accuracy").asDouble()).isEqualTo(after);
    assertThat(result(refitted).required("seconds_total").asDouble())
        .isGreaterThan(refit.required("seconds_total").asDouble());
    assertThat(result(plain).has("refit")).isFalse();
    assertThat(output.out())
        .contains(
            "refit   a fresh model on 120 training and validation images, along the policy as it was"
                + " learned",
            String.format(
                Locale.ROOT,
                "test accuracy %.2f %% after the refit on 120 training and validation images; its"
                    + " model is kept",
                100 * after))
        .anyMatch(line -> line.matches("epoch 2/2  train loss \\d+\\.\\d+  \\S+ s"));
  }

  @Test
  void the_refit_has_a_log_of_its_own() throws IOException {
    List<String> lines = Files.readAllLines(refitted.resolve("refit/log.jsonl"));

    assertThat(lines).hasSize(2);
    for (int epoch = 0; epoch < 2; epoch++) {
      JsonNode line = JSON.readTree(lines.get(epoch));
      assertThat(line.required("validation_loss").isNull()).isTrue();
      assertThat(line.required("policy"))
          .isEqualTo(result(refitted).required("log").get(epoch).required("policy"));
    }
    assertThat(refitted.resolve("README.txt"))
        .content()
        .contains("before-refit.safetensors", "refit/log.jsonl");
  }

  @Test
  void the_refitted_model_is_the_one_that_is_evaluated() throws IOException {
    Path out = folder.resolve("evaluation.json");
    Result evaluated = InProcess.run("evaluate", refitted, "--out", out);

    assertThat(evaluated.exitCode()).as("%s", evaluated.err()).isZero();
    assertThat(JSON.readTree(out.toFile()).required("test").required("accuracy"))
        .isEqualTo(result(refitted).required("test_accuracy"));
  }

  @Test
  void a_run_that_was_ended_in_its_refit_goes_on_to_the_same_bits() throws IOException {
    Path atEnd = TinyTraining.interruptedCopy(refitted, folder.resolve("at-end"));
    assertSameAfterResuming(atEnd);

    Path within = TinyTraining.interruptedCopy(refitted, folder.resolve("within"));
    List<Path> checkpoints = list(within.resolve("refit/checkpoint"));
    assertThat(checkpoints).hasSize(2);
    TinyTraining.delete(checkpoints.get(1));
    assertSameAfterResuming(within);

    Path between = TinyTraining.interruptedCopy(refitted, folder.resolve("between"));
    TinyTraining.delete(between.resolve("refit"));
    Files.delete(between.resolve("before-refit.safetensors"));
    assertSameAfterResuming(between);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  private static void assertSameAfterResuming(Path run) throws IOException {
    Result resumed = InProcess.run("train", "--resume", "--out", run);

    assertThat(resumed.exitCode()).as("%s", resumed.err()).isZero();
    assertThat(RunOutcome.of(run)).isEqualTo(RunOutcome.of(refitted));
    assertThat(result(run).required("refit").required("test_accuracy"))
        .isEqualTo(result(refitted).required("refit").required("test_accuracy"));
    assertThat(run.resolve("before-refit.safetensors"))
        .hasSameBinaryContentAs(refitted.resolve("before-refit.safetensors"));
  }

  @Test
  void a_training_that_stops_early_is_refitted_for_as_many_epochs() throws IOException {
    Path run = folder.resolve("early");
    // With nothing learned at all, accuracy does not rise.
    Result early = refit(run, "--early-stopping", "1", "--lr", "1e-9");

    assertThat(early.exitCode()).as("%s", early.err()).isZero();
    int epochs = result(run).required("last_epoch").asInt();
    assertThat(epochs).isLessThan(5);
    assertThat(result(run).required("refit").required("epochs").asInt()).isEqualTo(epochs);
  }

  @Test
  void a_random_policy_can_be_refitted_too() throws IOException {
    Path run = folder.resolve("random");
    Result random = refit(run, "--augment", "random", "--epochs", "1");

    assertThat(random.exitCode()).as("%s", random.err()).isZero();
    assertThat(random.out()).anyMatch(line -> line.endsWith("images, with the same augmentation"));
    assertThat(result(run).required("refit").required("images").asInt()).isEqualTo(120);
  }

  @Test
  void learned_hyperparameters_cannot_be_repeated() {
    Result refused = refit(folder.resolve("none"), "--learn", "lr");

    assertThat(refused.err())
        .containsExactly(
            "smartaug: --refit: given with --learn, whose hyperparameters it cannot repeat, allowed:"
                + " one of them");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
