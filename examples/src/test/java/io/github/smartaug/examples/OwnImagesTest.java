package io.github.smartaug.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.run.RunDescription;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.run.RunWriter;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.train.InnerOptions;
import io.github.smartaug.train.JointTrainer;
import io.github.smartaug.train.StepReport;
import io.github.smartaug.train.TrainingListener;
import io.github.smartaug.train.TrainingOptions;
import io.github.smartaug.train.TrainingResult;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data set of two methods, split, trained and resumed like any other. */
class OwnImagesTest {
  private static final int STEPS = 6;

  @TempDir private Path folder;

  @Test
  void a_run_over_them_that_was_stopped_in_an_epoch_goes_on_to_the_same_bits() throws IOException {
    RunResult whole = train(folder.resolve("whole"), Integer.MAX_VALUE);
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> train(folder.resolve("stopped"), STEPS + 3))
        .withMessageContaining("stopped in epoch 2");

    RunResult resumed = resume(folder.resolve("stopped"));

    assertThat(resumed.testAccuracy()).isEqualTo(whole.testAccuracy()).isGreaterThan(0.9);
    assertThat(Files.readAllBytes(folder.resolve("stopped/model.safetensors")))
        .isEqualTo(Files.readAllBytes(folder.resolve("whole/model.safetensors")));
  }

  private static RunResult train(Path run, int stopAfter) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      Parts parts = new Parts();
      parts.trainer.addListener(
          new TrainingListener() {
            private int steps;

            @Override
            public void stepFinished(StepReport report) {
              if (++steps == stopAfter) {
                parts.trainer.stop();
              }
            }
          });
      return RunWriter.into(run, parts.description).train(parts.trainer);
    }
  }

  private static RunResult resume(Path run) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      Parts parts = new Parts();
      RunWriter writer = new RunWriter(RunFolder.ofRun(run), parts.description);
      writer.resume(parts.trainer);
      try (TrainingResult result = parts.trainer.train()) {
        return writer.finish(result);
      }
    }
  }

  /** The same run, made anew. */
  private static final class Parts {
    private final RunDescription description;
    private final JointTrainer trainer;

    Parts() {
      DatasetBundle images =
          Gratings.bundle().limitTraining(250, 1).ensureValidation(0.2, 1).limitTest(60);
      TrainingData batches = images.batches(32, 1);
      TrainingOptions options =
          TrainingOptions.builder().epochs(3).inner(InnerOptions.defaults(0.1)).build();
      Model model = Models.create("mlp", images.shape(), images.classNames().size());
      IndependentPolicy policy =
          IndependentPolicy.initial(
              TransformSets.named(TransformSets.DEFAULT).usableOn(1), PolicyOptions.learned(1));
      description =
          RunDescription.builder()
              .setImages(images, batches)
              .setModel("mlp", model)
              .setAugmenter(policy)
              .setOptions(options)
              .build();
      trainer = new JointTrainer(model, policy, batches, options);
    }
  }
}
