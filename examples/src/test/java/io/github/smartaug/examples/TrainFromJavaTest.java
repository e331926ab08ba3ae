package io.github.smartaug.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.InnerOptions;
import io.github.smartaug.train.JointTrainer;
import io.github.smartaug.train.TrainingListener;
import io.github.smartaug.train.TrainingOptions;
import io.github.smartaug.transform.TransformSets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainFromJavaTest {
  private static final Path SOURCE =
      Path.of("src/main/java/io/github/smartaug/examples/TrainFromJava.java");

  @Test
  void the_program_leaves_a_run_and_classifies_an_image(@TempDir Path parent) throws IOException {
    Path folder = parent.resolve("run");

    List<String> lines = output(() -> TrainFromJava.main(new String[] {folder.toString()}));

    RunFolder run = RunFolder.ofRun(folder);
    assertThat(run.isFinished()).isTrue();
    assertThat(run.log().entries()).isEqualTo(run.result().log()).hasSize(2);
    run.requireFile(RunFile.POLICY);
    assertThat(lines).contains("test accuracy " + run.result().testAccuracy());
    assertThat(lines.get(lines.size() - 1)).matches(".+ \\(\\d+\\.\\d %\\)");
    assertThat(run.config().data().classNames())
        .anyMatch(name -> lines.get(lines.size() - 1).startsWith(name + " ("));
  }

  /** A program that reads and writes files. */
  private interface Program {
    void run() throws IOException;
  }

  private static List<String> output(Program program) throws IOException {
    PrintStream console = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(console);
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void a_listener_is_told_of_every_epoch() throws IOException {
    List<String> lines = output(TrainFromJavaTest::trainWithListener);

    assertThat(lines).filteredOn(line -> line.matches("[12]: \\d+ bytes at most")).hasSize(2);
  }

  private static void trainWithListener() {
    DatasetBundle images =
        Datasets.load("fashion-mnist-mini").limitTraining(200, 1).ensureValidation(0.2, 1);
    TrainingOptions options =
        TrainingOptions.builder().epochs(2).inner(InnerOptions.defaults(0.1)).build();
    try (TensorScope scope = TensorScope.open()) {
      Model model = Models.create("lenet", images.shape(), images.classNames().size());
      IndependentPolicy policy =
          IndependentPolicy.initial(
              TransformSets.named("base").usableOn(1), PolicyOptions.learned(2));
      JointTrainer trainer = new JointTrainer(model, policy, images.batches(64, 1), options);
      trainer.addListener(
          new TrainingListener() {
            @Override
            public void epochFinished(EpochReport report) {
              System.out.println(
                  report.epoch() + ": " + report.peakMemoryBytes() + " bytes at most");
            }
          });
      trainer.train();
    }
  }

  @Test
  void the_page_about_java_quotes_the_program() throws IOException {
    String source = Files.readString(SOURCE);
    String program = source.substring(source.indexOf("import "));

    assertThat(Files.readString(Path.of("../docs/java.md")))
        .contains("```java\n" + program + "```\n");
  }
}
