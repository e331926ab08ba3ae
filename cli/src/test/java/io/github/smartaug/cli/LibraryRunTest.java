package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.run.RunDescription;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.run.RunWriter;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.train.InnerOptions;
import io.github.smartaug.train.JointTrainer;
import io.github.smartaug.train.MetaOptions;
import io.github.smartaug.train.TrainingOptions;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on a run that a Java program left. */
class LibraryRunTest {
  @TempDir private static Path shared;
  private static Path run;
  private static RunResult result;

  @BeforeAll
  static void train() throws IOException {
    run = shared.resolve("run");
    DatasetBundle images =
        Datasets.load("fashion-mnist-mini").limitTraining(120, 0).ensureValidation(0.2, 0);
    TrainingData batches = images.batches(32, 0);
    TrainingOptions options =
        new TrainingOptions(1, InnerOptions.defaults(0.1), MetaOptions.defaults(1), 0);
    try (TensorScope scope = TensorScope.open()) {
      Model model = Models.create("mlp", images.shape(), images.classNames().size());
      IndependentPolicy policy =
          IndependentPolicy.initial(TransformSets.named("base"), PolicyOptions.learned(1));
      RunDescription description =
          RunDescription.builder()
              .setImages(images, batches)
              .setModel("mlp", model)
              .setAugmenter(policy)
              .setOptions(options)
              .build();
      result =
          RunWriter.into(run, description).train(new JointTrainer(model, policy, batches, options));
    }
  }

  @Test
  void it_is_evaluated_like_any_other() {
    Result evaluated = InProcess.run("evaluate", run, "--test-time-augmentation", 2);

    assertThat(evaluated.exitCode()).as("%s", evaluated.err()).isZero();
    assertThat(evaluated.err()).isEmpty();
  }

  @Test
  void its_files_are_those_of_the_command_line_without_pictures() {
    assertThat(run.toFile().list())
        .containsExactlyInAnyOrder(
            "README.txt",
            "checkpoint",
            "config.json",
            "log.jsonl",
            "model.safetensors",
            "policy.json",
            "result.json",
            "split.csv");
    assertThat(result.test().images()).isEqualTo(2000);
  }

  @Test
  void the_command_line_does_not_go_on_with_it_since_it_does_not_know_all_options() {
    Path interrupted = TinyTraining.interruptedCopy(run, shared.resolve("interrupted"));

    Result resumed = InProcess.run("train", "--resume", "--out", interrupted);

    assertThat(resumed.err())
        .containsExactly(
            "smartaug: --resume: "
                + interrupted.resolve("config.json")
                + ": written by a Java program, allowed: a run of smartaug train");
    assertThat(resumed.exitCode()).isEqualTo(2);
  }
}
