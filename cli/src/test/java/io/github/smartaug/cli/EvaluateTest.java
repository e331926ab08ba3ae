package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Safetensors;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code smartaug evaluate} on the folder of a small run, or what is left of it. */
class EvaluateTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path runs;
  @TempDir Path folder;
  private Path run;

  @BeforeAll
  static void train() {
    Result result =
        execute(
            "train",
            "--model",
            "mlp",
            "--limit-train",
            "500",
            "--limit-test",
            "150",
            "--epochs",
            "2",
            "--meta-lr",
            "0.1",
            "--warmup-timing",
            "gradual",
            "--warmup-epochs",
            "1",
            "--warmup-multiplier",
            "2",
            "--scheduler",
            "multistep",
            "--meta-scheduler",
            "exponential",
            "--validation-batches",
            "2",
            "--accumulate",
            "2",
            "--ema",
            "0.5",
            "--precision",
            "bfloat16",
            "--test-time-augmentation",
            "3",
            "--out",
            runs.resolve("run").toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @BeforeEach
  void copyRun() throws IOException {
    run = Files.createDirectory(folder.resolve("run"));
    try (Stream<Path> files = Files.list(runs.resolve("run"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, run.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void a_run_is_evaluated_as_at_its_end_and_nothing_is_written() throws IOException {
    JsonNode trained = JSON.readTree(run.resolve("result.json").toFile());

    Result result = execute("evaluate", run.toString(), "--test-time-augmentation", "3");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("mlp of " + run + " on fashion-mnist-mini: 150 test images")
        .contains(String.format("accuracy %.2f %%", 100 * trained.path("test_accuracy").asDouble()))
        .contains("from 3 augmented copies of each image")
        .contains("macro average");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(run);
    }
  }

  @Test
  void metrics_are_written_where_asked_for_and_equal_the_runs_own() throws IOException {
    JsonNode trained = JSON.readTree(run.resolve("result.json").toFile());
    Path out = folder.resolve("metrics.json");

    Result result =
        execute(
            "evaluate", run.toString(), "--test-time-augmentation", "3", "--out", out.toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode metrics = JSON.readTree(out.toFile());
    assertThat(metrics.path("test")).isEqualTo(trained.path("test"));
    assertThat(metrics.path("test").path("images").asInt()).isEqualTo(150);
    assertThat(metrics.path("test").path("classes")).hasSize(10);
    assertThat(metrics.path("test").path("accuracy")).isEqualTo(trained.path("test_accuracy"));
    assertThat(metrics.path("test_augmented").path("accuracy"))
        .isEqualTo(trained.path("test_accuracy_augmented"));
  }

  @Test
  void another_data_set_is_tested_on_whole() {
    Result result = execute("evaluate", run.toString(), "--dataset", "fashion-mnist-mini");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("fashion-mnist-mini: 2000 test images");
  }

  @Test
  void the_log_has_the_learning_rates_of_both_schedules() throws IOException {
    List<JsonNode> log = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("log.jsonl"))) {
      log.add(JSON.readTree(line));
    }

    assertThat(log).extracting(line -> line.path("lr").asDouble()).containsExactly(0.1, 0.2);
    assertThat(log)
        .extracting(line -> line.path("meta_lr").asDouble())
        .containsExactly(0.1, 0.1 * Math.pow(0.5, 0.9));
    assertThat(log).allMatch(line -> line.path("skipped_meta_steps").asInt(-1) == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "result.json", "policy.json"})
  void a_run_with_a_file_missing_is_incomplete(String file) throws IOException {
    Files.delete(run.resolve(file));

    requireRefused(run + ": the run is incomplete, " + file + " is missing");
  }

  @ParameterizedTest
  @CsvSource({"mean, 0.25", "standard_deviation, 1e-300"})
  void a_normalisation_that_is_not_that_of_the_weights_is_refused(String field, String number)
      throws IOException {
    Path file = run.resolve("config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
    ArrayNode trained = (ArrayNode) config.path("data").path(field);
    String allowed = trained.toString();
    trained.set(0, JSON.readTree(number));
    JSON.writeValue(file.toFile(), config);

    requireRefused(
        "%s: data.%s: [%s], allowed: %s as in %s"
            .formatted(
                file,
                field,
                Double.parseDouble(number),
                allowed,
                run.resolve("model.safetensors")));
  }

  @Test
  void weights_that_are_finite_and_overflow_are_refused() throws IOException {
    Path file = run.resolve("model.safetensors");
    try (TensorScope scope = TensorScope.open()) {
      Safetensors model = Safetensors.read(file);
      NamedTensors huge = model.tensors().map((name, tensor) -> tensor.mul(new Scalar(1e30)));
      Safetensors.write(file, huge, model.metadata());
    }

    requireRefused(
        run
            + ": the loss on fashion-mnist-mini is NaN, allowed: weights and images with which it"
            + " is finite");
  }

  @Test
  void a_folder_without_a_run_is_refused() throws IOException {
    Files.delete(run.resolve("config.json"));

    requireRefused(run + ": holds no run of SmartAug, config.json is missing");
  }

  @Test
  void a_folder_that_is_none_is_refused() {
    run = folder.resolve("nowhere");

    requireRefused(run + ": no such folder, allowed: the folder of a run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data    | image_shape | 3x28x28 | config.json: data.standard_deviation: [0.",
        "data    | class_names | cat     | config.json: data.class_names: \"cat\", allowed: an array",
        "model   | input       | 3x28x28 | config.json: model.input: \"3x28x28\", allowed: \"1x28x28\" as data.image_shape",
        "model   | name        | lenet   | model.safetensors: no tensor \"conv1.weight\", which the model of the run has",
        "model   | name        | vgg     | config.json: model: \"vgg\", allowed: lenet",
        "options | model       | vgg     | config.json: options.model: \"vgg\", allowed: lenet",
        "options | epochs      | many    | config.json: options.epochs: \"many\", allowed: a whole number",
        "options | epoch       | 3       | config.json: options.epoch: no such option, allowed: accumulate",
        "options | dataset     | gone    | --dataset: \"gone\", allowed: fashion"
      })
  void a_run_that_does_not_fit_is_refused(String part, String field, String value, String message)
      throws IOException {
    ObjectNode config = (ObjectNode) JSON.readTree(run.resolve("config.json").toFile());
    ((ObjectNode) config.get(part)).put(field, value);
    JSON.writeValue(run.resolve("config.json").toFile(), config);

    requireRefused(message);
  }

  @Test
  void a_model_that_was_trained_on_images_of_another_shape_is_refused() throws IOException {
    ObjectNode config = (ObjectNode) JSON.readTree(run.resolve("config.json").toFile());
    ((ObjectNode) config.get("data")).put("image_shape", "1x32x32");
    ((ObjectNode) config.get("model")).put("input", "1x32x32");
    JSON.writeValue(run.resolve("config.json").toFile(), config);

    requireRefused("--dataset: the images of fashion-mnist-mini are 1x28x28, allowed: 1x32x32, ");
  }

  @Test
  void a_model_that_was_trained_on_other_classes_is_refused() throws IOException {
    ObjectNode config = (ObjectNode) JSON.readTree(run.resolve("config.json").toFile());
    ((ArrayNode) config.get("data").get("class_names")).set(0, "cat");
    JSON.writeValue(run.resolve("config.json").toFile(), config);

    requireRefused("--dataset: the classes of fashion-mnist-mini are [T-shirt");
  }

  @Test
  void a_config_that_is_no_json_or_of_something_else_is_refused() throws IOException {
    Files.writeString(run.resolve("config.json"), "{\n\"options\": ");
    requireRefused(run.resolve("config.json") + ": not JSON, line 2");

    Files.writeString(run.resolve("config.json"), "{}");
    requireRefused(run.resolve("config.json") + ": data: missing, allowed: an object");
  }

  @Test
  void weights_that_are_cut_short_are_refused() throws IOException {
    byte[] weights = Files.readAllBytes(run.resolve("model.safetensors"));
    Files.write(run.resolve("model.safetensors"), Arrays.copyOf(weights, weights.length / 2));

    requireRefused("model.safetensors");
  }

  @Test
  void a_run_without_augmentation_has_nothing_to_augment_with() throws IOException {
    Files.delete(run.resolve("policy.json"));
    ObjectNode config = (ObjectNode) JSON.readTree(run.resolve("config.json").toFile());
    ((ObjectNode) config.get("options")).put("augment", "none").remove("test-time-augmentation");
    JSON.writeValue(run.resolve("config.json").toFile(), config);

    requireRefused("--test-time-augmentation: " + run + " was trained without augmentation");
  }

  private void requireRefused(String message) {
    Result result = execute("evaluate", run.toString(), "--test-time-augmentation", "2");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err().lines()).singleElement().asString().contains(message);
  }

  private static Result execute(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return new Result(commandLine.execute(arguments), out.toString(), err.toString());
  }

  private record Result(int exitCode, String out, String err) {}
}
