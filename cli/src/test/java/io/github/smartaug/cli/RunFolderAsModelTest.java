package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.run.TrainedClassifier;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever a model is wanted, the folder of the run that trained it will do. */
class RunFolderAsModelTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path shared;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    assertThat(train(earlier(), "mlp").exitCode()).isZero();
  }

  private static Path earlier() {
    return shared.resolve("earlier");
  }

  private static Path weights() {
    return earlier().resolve("model.safetensors");
  }

  private static Result train(Path out, Object model, Object... more) {
    List<Object> arguments = new ArrayList<>(TinyTraining.arguments(out));
    arguments.addAll(List.of("--model", model));
    arguments.addAll(List.of(more));
    return InProcess.run(arguments.toArray());
  }

  private Path fineTuned() {
    Path run = folder.resolve("fine-tuned");
    Result result = train(run, earlier());
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    return run;
  }

  private static void assertRefused(Result result, String message) {
    assertThat(result.err()).hasSize(1);
    assertThat(result.message()).startsWith("smartaug: " + message);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  /** A wrong value of an option, with the hint that follows all of these. */
  private static void assertWrongValue(Result result, String message) {
    assertThat(result.err()).hasSize(2).endsWith("try: smartaug train --help");
    assertThat(result.message()).startsWith("smartaug: " + message);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void training_at_a_rate_of_nearly_zero_keeps_its_weights() {
    Path still = folder.resolve("still");

    Result result = train(still, earlier(), "--lr", "1e-30", "--weight-decay", "0");

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(tensorBytes(still)).isEqualTo(tensorBytes(earlier()));
    assertThat(result.out())
        .contains("        begins with the weights in " + weights())
        .anyMatch(line -> line.startsWith("model   mlp, "));
  }

  @Test
  void the_seed_does_not_draw_the_weights_again() {
    Path other = folder.resolve("other");

    train(other, earlier(), "--lr", "1e-30", "--weight-decay", "0", "--seed", "5");

    assertThat(tensorBytes(other)).isEqualTo(tensorBytes(earlier()));
  }

  /** All that follows the header of a .safetensors file. */
  private static byte[] tensorBytes(Path run) {
    try {
      byte[] file = Files.readAllBytes(run.resolve("model.safetensors"));
      int header = (file[0] & 0xFF) | (file[1] & 0xFF) << 8 | (file[2] & 0xFF) << 16;
      return Arrays.copyOfRange(file, 8 + header, file.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void the_run_folder_says_what_it_began_with_and_keeps_a_copy() throws IOException {
    Path run = fineTuned();

    JsonNode config = JSON.readTree(run.resolve("config.json").toFile());
    assertThat(config.at("/options/model").asText()).isEqualTo(weights().toString());
    assertThat(config.at("/model/name").asText()).isEqualTo("mlp");
    assertThat(config.at("/model/sha256").isMissingNode()).isTrue();
    assertThat(config.at("/input_files/model").asText()).matches("\\p{XDigit}{64}");
    assertThat(run.resolve("initial.safetensors")).hasSameBinaryContentAs(weights());
    assertThat(earlier().resolve("initial.safetensors")).doesNotExist();
  }

  @Test
  void its_own_folder_is_evaluated_and_stands_for_a_model_again() {
    Path run = fineTuned();

    Result evaluation = InProcess.run("evaluate", run);
    assertThat(evaluation.out().get(0)).startsWith("mlp of " + run + " on ");
    try (TrainedClassifier classifier = TrainedClassifier.load(run)) {
      assertThat(classifier.config().model().name()).isEqualTo("mlp");
    }
    assertThat(train(folder.resolve("third"), run).exitCode()).isZero();
  }

  @Test
  void an_interrupted_run_goes_on_to_the_same_bits_without_the_earlier_one() throws IOException {
    Path moved = TinyTraining.interruptedCopy(earlier(), folder.resolve("moved"));
    Path whole = folder.resolve("whole");
    assertThat(train(whole, moved).exitCode()).isZero();
    TinyTraining.delete(moved);
    Path run = TinyTraining.interruptedCopy(whole, folder.resolve("run"));
    // Killed before the first checkpoint: the weights are those of the copy.
    TinyTraining.checkpoints(run).forEach(TinyTraining::delete);
    Files.delete(run.resolve("log.jsonl"));

    Result result = InProcess.run("train", "--resume", "--out", run);

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(RunOutcome.of(run)).isEqualTo(RunOutcome.of(whole));
  }

  @Test
  void weights_that_were_changed_are_not_gone_on_with() throws IOException {
    Path run = TinyTraining.interruptedCopy(fineTuned(), folder.resolve("run"));
    Path initial = run.resolve("initial.safetensors");
    Files.copy(run.resolve("model.safetensors"), initial, StandardCopyOption.REPLACE_EXISTING);

    assertRefused(
        InProcess.run("train", "--resume", "--out", run),
        "--model: " + initial + " has changed since the run began, allowed: the file of SHA-256 ");
    Files.delete(initial);
    assertRefused(
        InProcess.run("train", "--resume", "--out", run),
        "--model: " + initial + ": cannot be read: there is no ");
  }

  @Test
  void the_same_configuration_gives_the_same_bits_and_refuses_other_weights() throws IOException {
    Path copy = TinyTraining.interruptedCopy(earlier(), folder.resolve("copy"));
    Path run = folder.resolve("run");
    assertThat(train(run, copy).exitCode()).isZero();
    Path again = folder.resolve("again");
    Path config = run.resolve("config.json");

    assertThat(InProcess.run("train", "--config", config, "--out", again).exitCode()).isZero();
    assertThat(RunOutcome.of(again)).isEqualTo(RunOutcome.of(run));

    Files.copy(
        run.resolve("model.safetensors"),
        copy.resolve("model.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused(
        InProcess.run("train", "--config", config, "--out", folder.resolve("x")),
        "--model: " + copy.resolve("model.safetensors") + " has changed since the run began,");
  }

  @Test
  void other_classes_channels_or_sizes_are_one_line() {
    writeClasses("three", 3, grey(28));
    writeClasses("colour", 10, Pictures.colour(28, 28));
    writeClasses("small", 10, grey(16));
    String where = "--model, data set ";

    assertRefused(
        on("three"),
        where + "three: " + earlier() + ": a model of 10 classes, the images have 3, allowed: ");
    assertRefused(
        on("colour"),
        where + "colour: " + earlier() + ": a model of images 1x28x28, allowed: images of as many");
    assertRefused(
        on("small"),
        where
            + "small: "
            + earlier()
            + ": a model of images 1x28x28, whose weights are for that size, allowed: such images");
  }

  private static BufferedImage grey(int side) {
    return new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
  }

  private void writeClasses(String dataset, int classes, BufferedImage image) {
    for (int i = 0; i < 10 * classes; i++) {
      Path file = folder.resolve(dataset).resolve("class" + i % classes).resolve(i + ".png");
      Pictures.write(file, image);
    }
  }

  private Result on(String dataset) {
    return InProcess.run(
        "train",
        "--dataset",
        folder.resolve(dataset),
        "--model",
        earlier(),
        "--out",
        folder.resolve("x"));
  }

  @Test
  void folders_of_no_run_unfinished_and_damaged_ones_are_one_line() throws IOException {
    assertWrongValue(
        train(folder.resolve("x"), shared),
        "--model: " + shared + ": holds no run of SmartAug, config.json is missing");

    Path unfinished = TinyTraining.interruptedCopy(earlier(), folder.resolve("unfinished"));
    Files.delete(unfinished.resolve("model.safetensors"));
    assertWrongValue(
        train(folder.resolve("x"), unfinished),
        "--model: " + unfinished + ": the run is incomplete, model.safetensors is missing");

    Path damaged = TinyTraining.interruptedCopy(earlier(), folder.resolve("damaged"));
    byte[] half = Files.readAllBytes(weights());
    Files.write(damaged.resolve("model.safetensors"), Arrays.copyOf(half, half.length / 2));
    assertRefused(
        train(folder.resolve("x"), damaged),
        "--model, data set fashion-mnist-mini: " + damaged.resolve("model.safetensors") + ": ");

    Files.writeString(damaged.resolve("config.json"), "{}");
    assertWrongValue(
        train(folder.resolve("x"), damaged), "--model: " + damaged.resolve("config.json") + ": ");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void a_run_does_not_replace_the_model_that_it_begins_with() {
    assertRefused(
        train(earlier(), earlier(), "--force"),
        "--out: " + earlier() + ": holds " + weights() + ", which the run needs");
    assertThat(weights()).isNotEmptyFile();
  }
}
