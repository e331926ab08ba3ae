package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.nn.TorchScriptModel;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Safetensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.train.JointTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** {@code --model FILE.pt}: training, going on, evaluating, and files that are no such model. */
class TorchScriptTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path shared;
  private static Path network;
  private static Path finished;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    network = ScriptedFile.write(shared.resolve("network.pt"), 1);
    finished = shared.resolve("finished");
    Result result = InProcess.run(arguments(finished, network).toArray());
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
  }

  private static List<String> arguments(Path out, Path model) {
    List<String> arguments = new ArrayList<>(TinyTraining.arguments(out));
    arguments.addAll(List.of("--model", model.toString()));
    return arguments;
  }

  @Test
  void the_run_folder_explains_which_model_it_was() throws Exception {
    JsonNode model = JSON.readTree(finished.resolve("config.json").toFile()).path("model");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(network));

    assertThat(model.path("name").asText()).isEqualTo(network.toString());
    assertThat(model.path("sha256").asText()).isEqualTo(HexFormat.of().formatHex(hash));
    assertThat(finished.resolve("architecture.pt")).hasSameBinaryContentAs(network);
    assertThat(finished.resolve("README.txt")).content().contains("architecture.pt", "model.pt");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void memory_that_is_not_there_is_one_line_whenever_it_is_asked_for(int images) {
    // Beyond two images: not when the model is tried, but in the first step.
    String size = "%%s + torch.zeros([35184372088832 if x.size(0) > %d else 1]).sum()";
    Path greedy = ScriptedFile.write(folder.resolve("greedy.pt"), 1, size.formatted(images));
    Path out = folder.resolve("out");

    Result result = InProcess.run(arguments(out, greedy).toArray());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .containsExactly(
            "smartaug: memory: 131072.0 GB more could not be had, allowed: less at once"
                + " (--batch-size, --copies, --inner-steps, --image-size)");
    assertThat(out.resolve("model.safetensors")).doesNotExist();
    assertThat(out.resolve("result.json")).doesNotExist();
  }

  @Test
  void a_softmax_at_the_end_of_a_model_is_warned_of_once() {
    Path softmax = ScriptedFile.write(folder.resolve("softmax.pt"), 1, "torch.softmax(%s, 1)");
    ListAppender<ILoggingEvent> warnings = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(JointTrainer.class);
    warnings.start();
    logger.addAppender(warnings);
    try {
      assertThat(InProcess.run(arguments(folder.resolve("a"), network).toArray()).exitCode())
          .isZero();
      assertThat(warnings.list).isEmpty();
      assertThat(InProcess.run(arguments(folder.resolve("b"), softmax).toArray()).exitCode())
          .isZero();
      assertThat(warnings.list)
          .singleElement()
          .extracting(ILoggingEvent::getFormattedMessage)
          .asString()
          .startsWith("the model seems to end in a softmax");
    } finally {
      logger.detachAppender(warnings);
    }
  }

  @Test
  void the_trained_model_goes_home_as_torchscript() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors weights = Safetensors.read(finished.resolve("model.safetensors")).tensors();
      NamedTensors home = tensorsOf(finished.resolve("model.pt"));
      NamedTensors before = tensorsOf(network);

      assertThat(home.names()).isEqualTo(before.names());
      for (String name : home.names()) {
        assertThat(Tensors.toDoubles(home.get(name)))
            .as(name)
            .isEqualTo(Tensors.toDoubles(weights.get(name)))
            .isNotEqualTo(Tensors.toDoubles(before.get(name)));
      }
    }
  }

  @Test
  void the_folder_of_a_run_stands_for_the_model_that_it_trained() throws IOException {
    Path byFolder = folder.resolve("by-folder");
    Path byFile = folder.resolve("by-file");
    Result result = InProcess.run(arguments(byFolder, finished).toArray());
    InProcess.run(arguments(byFile, finished.resolve("model.pt")).toArray());

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(RunOutcome.of(byFolder)).isEqualTo(RunOutcome.of(byFile));
    assertThat(
            JSON.readTree(byFolder.resolve("config.json").toFile()).at("/options/model").asText())
        .isEqualTo(finished.resolve("model.pt").toString());
    assertThat(InProcess.run(arguments(folder.resolve("x"), folder).toArray()).message())
        .startsWith(
            "smartaug: --model: " + folder + ": holds no run of SmartAug, config.json is missing");
  }

  private static NamedTensors tensorsOf(Path file) {
    TorchScriptModel model =
        TorchScriptModel.read(file, new ImageShape(1, 28, 28), 10, Devices.parse("cpu"));
    return model.initialParameters(RandomStream.seeded(0)).with(model.initialBuffers());
  }

  @Test
  void an_interrupted_run_goes_on_to_the_same_bits_without_the_original_file() throws IOException {
    Path elsewhere = Files.copy(network, folder.resolve("elsewhere.pt"));
    Path whole = folder.resolve("whole");
    assertThat(InProcess.run(arguments(whole, elsewhere).toArray()).exitCode()).isZero();
    Files.delete(elsewhere);
    Path run = interrupted(whole);

    Result result = InProcess.run("train", "--resume", "--out", run);

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(RunOutcome.of(run)).isEqualTo(RunOutcome.of(whole));
    assertThat(run.resolve("model.pt")).hasSameBinaryContentAs(whole.resolve("model.pt"));
  }

  @Test
  void a_model_that_was_changed_is_not_gone_on_with() throws IOException {
    Path run = interrupted(finished);
    Path architecture = run.resolve("architecture.pt");
    Files.copy(run.resolve("model.pt"), architecture, StandardCopyOption.REPLACE_EXISTING);

    for (Result result :
        List.of(InProcess.run("train", "--resume", "--out", run), evaluate(withResult(run)))) {
      assertRefused(result, architecture + ": not the model of the run, its SHA-256 is ");
    }
  }

  @Test
  void a_model_that_is_gone_is_not_gone_on_with() throws IOException {
    Path run = interrupted(finished);
    Files.delete(run.resolve("architecture.pt"));

    assertRefused(
        InProcess.run("train", "--resume", "--out", run),
        run.resolve("architecture.pt") + ": cannot be read: there is no ");
    assertRefused(
        evaluate(withResult(run)), run + ": the run is incomplete, architecture.pt is missing");
  }

  /** A copy of a run that was killed in its second epoch. */
  private Path interrupted(Path whole) {
    Path run = TinyTraining.interruptedCopy(whole, folder.resolve("run"));
    TinyTraining.delete(TinyTraining.checkpoints(run).get(0));
    return run;
  }

  private static Path withResult(Path run) throws IOException {
    Files.writeString(run.resolve("result.json"), "{}");
    return run;
  }

  private static Result evaluate(Path run) {
    return InProcess.run("evaluate", run);
  }

  @Test
  void a_finished_run_is_evaluated_as_its_result_says() throws IOException {
    Path out = folder.resolve("metrics.json");

    Result result = InProcess.run("evaluate", finished, "--out", out);

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    JsonNode results = JSON.readTree(finished.resolve("result.json").toFile());
    assertThat(JSON.readTree(out.toFile()).path("test").path("accuracy").asDouble())
        .isEqualTo(results.path("test_accuracy").asDouble());
  }

  @Test
  void the_same_configuration_gives_the_same_bits() {
    Path run = folder.resolve("again");

    Result result =
        InProcess.run("train", "--config", finished.resolve("config.json"), "--out", run);

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(RunOutcome.of(run)).isEqualTo(RunOutcome.of(finished));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--hypergradient checkpointed",
        "--hypergradient truncated:1",
        "--hypergradient neumann:2",
        "--hypergradient cg:2",
        "--hypergradient finite-difference",
        "--augment none --learn lr",
        "--augment none --precision bfloat16",
        "--precision bfloat16 --ema 0.9"
      })
  void other_ways_to_train_work_with_it(String options) {
    List<String> arguments = arguments(folder.resolve("run"), network);
    arguments.addAll(List.of(options.split(" ")));
    arguments.addAll(List.of("--epochs", "1"));

    Result result = InProcess.run(lastOnly(arguments));

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
  }

  /** Without the first {@code --epochs}, which the second replaces. */
  private static Object[] lastOnly(List<String> arguments) {
    int first = arguments.indexOf("--epochs");
    List<String> rest = new ArrayList<>(arguments);
    rest.subList(first, first + 2).clear();
    return rest.toArray();
  }

  @Test
  void forward_mode_is_refused() {
    List<String> arguments = arguments(folder.resolve("run"), network);
    arguments.addAll(List.of("--hypergradient", "forward"));

    assertRefused(
        InProcess.run(arguments.toArray()),
        "--hypergradient: forward, which libtorch gets wrong for TorchScript, allowed with --model "
            + network
            + ": the others, such as truncated:1, which finds the same");
  }

  @Test
  void a_model_for_other_images_is_refused() {
    Path colours = ScriptedFile.write(folder.resolve("colours.pt"), 3);

    assertRefused(
        InProcess.run(arguments(folder.resolve("run"), colours).toArray()),
        "--model, data set fashion-mnist-mini: "
            + colours
            + ": fails on images [2, 1, 28, 28]: Given groups=1, weight of size [6, 3, 5, 5],"
            + " expected input[2, 1, 28, 28] to have 3 channels, but got 1 channels instead");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void the_file_of_a_run_is_not_overwritten_by_a_run_on_it() {
    List<String> arguments = arguments(finished, finished.resolve("model.pt"));
    arguments.add("--force");

    assertRefused(
        InProcess.run(arguments.toArray()),
        "--out: " + finished + ": holds " + finished.resolve("model.pt") + ", which the run needs");
    assertThat(finished.resolve("model.pt")).isNotEmptyFile();
  }

  private static void assertRefused(Result result, String message) {
    assertThat(result.err())
        .singleElement()
        .asString()
        .as("%s", result.err())
        .startsWith("smartaug: " + message);
    assertThat(result.exitCode()).isEqualTo(2);
  }
}
