package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.Policies;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.cli.extension.Dim;
import io.github.smartaug.cli.extension.Halves;
import io.github.smartaug.cli.extension.Halving;
import io.github.smartaug.cli.extension.OneLayer;
import io.github.smartaug.cli.extension.Recent;
import io.github.smartaug.cli.extension.Records;
import io.github.smartaug.cli.extension.SharedPolicy;
import io.github.smartaug.cli.extension.SignDescent;
import io.github.smartaug.data.DatasetFormats;
import io.github.smartaug.meta.HypergradientEstimators;
import io.github.smartaug.nn.ModelType;
import io.github.smartaug.nn.Models;
import io.github.smartaug.optim.Optimizers;
import io.github.smartaug.optim.Schedules;
import io.github.smartaug.transform.TransformSets;
import io.github.smartaug.transform.Transforms;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One thing of each kind from outside the project, with one class and one registration, is used
 * through the command line: registered by a program, and found in a jar on the class path.
 */
class ExtensionTest {
  private static final List<String> NAMES =
      List.of(
          "dim",
          "halves",
          "halving",
          "sign-descent",
          "recent[:J]",
          "one-layer",
          "records",
          "shared");

  @TempDir Path folder;
  private final List<Runnable> undo = new ArrayList<>();

  @BeforeEach
  void writeInputs() throws IOException {
    ByteArrayOutputStream images = new ByteArrayOutputStream();
    for (int i = 0; i < 40; i++) {
      images.write(i % 2);
      for (int pixel = 0; pixel < 16; pixel++) {
        images.write(100 * (i % 2) + 3 * pixel + i);
      }
    }
    Files.createDirectory(folder.resolve("data"));
    Files.write(folder.resolve("data/images.dat"), images.toByteArray());
    Files.writeString(
        folder.resolve("mine.json"),
        """
        [{"name": "Dim", "function": "dim", "param": {"min": 0.0, "max": 1.0}},
         {"name": "Turn", "function": "rotate", "param": {"min": null, "max": 30}}]
        """);
  }

  @AfterEach
  void takeBack() {
    undo.forEach(Runnable::run);
  }

  private <E> void register(E entry, Consumer<E> register, Runnable unregister) {
    register.accept(entry);
    undo.add(unregister);
  }

  private void registerAll() {
    register(new Dim(), Transforms::register, () -> Transforms.unregister("dim"));
    register(new Halves(), TransformSets::register, () -> TransformSets.unregister("halves"));
    register(new Halving(), Schedules::register, () -> Schedules.unregister("halving"));
    register(new SignDescent(), Optimizers::register, () -> Optimizers.unregister("sign-descent"));
    register(
        new Recent(),
        HypergradientEstimators::register,
        () -> HypergradientEstimators.unregister("recent"));
    register(new OneLayer(), Models::register, () -> Models.unregister("one-layer"));
    register(new SharedPolicy.Type(), Policies::register, () -> Policies.unregister("shared"));
    register(new Records(), DatasetFormats::register, () -> DatasetFormats.unregister("records"));
  }

  @Test
  void what_a_program_registers_is_listed_trained_with_and_repeated() throws IOException {
    registerAll();
    requireAllUsable(words -> InProcess.run(words.toArray()));
  }

  @Test
  void what_a_jar_on_the_class_path_holds_is_listed_trained_with_and_repeated() throws IOException {
    Path jar = ExtensionJar.write(folder.resolve("extension.jar"));
    String classPath =
        Stream.concat(
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .filter(entry -> !entry.contains("test-classes")),
                Stream.of(jar.toString()))
            .collect(Collectors.joining(File.pathSeparator));
    requireAllUsable(
        words -> {
          try (SmartAugProcess process = SmartAugProcess.onClassPath(classPath, folder, words)) {
            return process.await();
          }
        });
  }

  @Test
  void a_jar_that_names_a_missing_class_is_one_line_even_in_help() throws IOException {
    Path services = Files.createDirectories(folder.resolve("bad/META-INF/services"));
    Files.writeString(services.resolve(ModelType.class.getName()), "no.such.Network\n");
    String classPath =
        System.getProperty("java.class.path") + File.pathSeparator + folder.resolve("bad");
    try (SmartAugProcess process =
        SmartAugProcess.onClassPath(classPath, folder, List.of("train", "--help"))) {
      Result result = process.await();
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err())
          .singleElement()
          .asString()
          .contains(
              "META-INF/services/" + ModelType.class.getName() + ": Provider no.such.Network");
    }
  }

  @Test
  void what_is_not_registered_is_unknown() {
    Result result = InProcess.run("train", "--model", "one-layer", "--out", folder.resolve("run"));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.message()).contains("--model: \"one-layer\", allowed: lenet, mlp,");
  }

  private void requireAllUsable(Function<List<String>, Result> commandLine) throws IOException {
    String info = String.join("\n", succeeded(commandLine, "info").out());
    assertThat(info).contains(NAMES);
    String help = String.join("\n", succeeded(commandLine, "train", "--help-all").out());
    assertThat(help).contains(NAMES.subList(1, NAMES.size()));
    assertThat(String.join("\n", succeeded(commandLine, "apply", "--help").out())).contains("dim");

    train(commandLine, "with-file", "--transforms", folder.resolve("mine.json").toString());
    assertThat(Files.readString(folder.resolve("with-file/policy.json"))).contains("\"dim\"");
    train(commandLine, "with-set", "--transforms", "halves");
    assertThat(Files.readString(folder.resolve("with-set/policy.json"))).contains("\"Mirror\"");
    train(commandLine, "with-policy", "--augment", "shared");
    assertThat(Files.readString(folder.resolve("with-policy/policy.json"))).contains("\"shared\"");

    String config = folder.resolve("with-file/config.json").toString();
    String again = folder.resolve("again").toString();
    succeeded(commandLine, "train", "--config", config, "--out", again);
    assertThat(RunOutcome.of(folder.resolve("again")))
        .isEqualTo(RunOutcome.of(folder.resolve("with-file")));
  }

  private void train(Function<List<String>, Result> commandLine, String out, String... more) {
    List<String> words = new ArrayList<>(List.of("train", "--out", folder.resolve(out).toString()));
    words.addAll(List.of("--dataset", folder.resolve("data").toString(), "--model", "one-layer"));
    words.addAll(List.of("--optimizer", "sign-descent", "--hypergradient", "recent:2"));
    words.addAll(List.of("--scheduler", "halving", "--epochs", "2", "--batch-size", "8"));
    words.addAll(List.of("--inner-steps", "2", "--length", "1", "--threads", "1"));
    words.addAll(List.of(more));
    succeeded(commandLine, words.toArray(String[]::new));
    assertThat(folder.resolve(out).resolve("result.json")).isNotEmptyFile();
  }

  private static Result succeeded(Function<List<String>, Result> commandLine, String... words) {
    Result result = commandLine.apply(List.of(words));
    assertThat(result.exitCode()).as("%s: %s", List.of(words), result.err()).isZero();
    return result;
  }
}
