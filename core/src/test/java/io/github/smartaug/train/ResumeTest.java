package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartaug.checkpoint.Checkpoint;
import io.github.smartaug.checkpoint.CheckpointFolder;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.train.TinyRun.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResumeTest {
  @TempDir private Path folder;

  static List<Named<Supplier<JointTrainer>>> runs() {
    return List.of(
        Named.of("learned, K = 3", () -> TinyRun.learned(3)),
        Named.of("learned, K = 1", () -> TinyRun.learned(1)),
        Named.of("random", TinyRun::random));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void a_run_stopped_after_any_step_goes_on_to_the_same_bits(Supplier<JointTrainer> run) {
    try (TensorScope scope = TensorScope.open()) {
      Outcome whole = TinyRun.outcome(run.get());
      for (int stop = 1; stop <= TinyRun.EPOCHS * TinyRun.STEPS; stop++) {
        Path saved = folder.resolve("stopped-" + stop);
        trainUntilStopped(run.get(), stop, saved);
        assertThat(resumed(run.get(), saved)).as("stopped after %d", stop).isEqualTo(whole);
      }
    }
  }

  @Test
  void a_run_stopped_again_and_again_goes_on_to_the_same_bits() {
    try (TensorScope scope = TensorScope.open()) {
      Outcome whole = TinyRun.outcome(TinyRun.learned(2));
      for (int stop = 0; stop < 3; stop++) {
        // Two steps more each time, in cycles of two: the first step after a stop alone is lost.
        trainUntilStopped(TinyRun.learned(2), 3, folder);
      }
      assertThat(resumed(TinyRun.learned(2), folder)).isEqualTo(whole);
    }
  }

  /** Goes on from what is in the folder, if anything is, and saves there when it is stopped. */
  private static void trainUntilStopped(JointTrainer trainer, int afterSteps, Path folder) {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    checkpoints.readLast().ifPresent(trainer::resumeFrom);
    trainer.addListener(new CheckpointWriter(checkpoints));
    trainer.addListener(
        new TrainingListener() {
          private int steps;

          @Override
          public void stepFinished(StepReport report) {
            if (++steps == afterSteps) {
              trainer.stop();
            }
          }
        });
    assertThatThrownBy(trainer::train)
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("stopped in epoch");
  }

  private static Outcome resumed(JointTrainer trainer, Path folder) {
    return TinyRun.outcome(
        trainer.resumeFrom(new CheckpointFolder(folder).readLast().orElseThrow()));
  }

  @Test
  void a_cycle_that_was_broken_off_is_done_again_as_a_whole() {
    try (TensorScope scope = TensorScope.open()) {
      trainUntilStopped(TinyRun.learned(2), 3, folder);
      Checkpoint checkpoint = new CheckpointFolder(folder).readLast().orElseThrow();
      assertThat(checkpoint.epoch()).isEqualTo(1);
      assertThat(checkpoint.steps()).isEqualTo(2);
    }
  }

  @Test
  void listeners_of_a_resumed_run_learn_what_was_before() {
    List<TrainingPlan> plans = new ArrayList<>();
    try (TensorScope scope = TensorScope.open()) {
      trainUntilStopped(TinyRun.learned(3), TinyRun.STEPS + 3, folder);
      TinyRun.outcome(
          TinyRun.learned(3)
              .resumeFrom(new CheckpointFolder(folder).readLast().orElseThrow())
              .addListener(
                  new TrainingListener() {
                    @Override
                    public void trainingStarted(TrainingPlan plan) {
                      plans.add(plan);
                    }
                  }));
    }
    assertThat(plans).hasSize(1);
    assertThat(plans.get(0).resumed()).isTrue();
    assertThat(plans.get(0).finished()).extracting(EpochReport::epoch).containsExactly(1);
    assertThat(plans.get(0).stepsDone()).isEqualTo(3);
  }

  @Test
  void a_checkpoint_of_another_model_is_refused() {
    try (TensorScope scope = TensorScope.open()) {
      trainUntilStopped(TinyRun.random(), 2, folder);
      JointTrainer other =
          TinyRun.ofWiderModel().resumeFrom(new CheckpointFolder(folder).readLast().orElseThrow());
      assertThatIllegalArgumentException()
          .isThrownBy(other::train)
          .withMessage(
              "the checkpoint is not one of this model and policy: parameters/conv.weight is"
                  + " [16, 3, 3, 3], expected [24, 3, 3, 3]");
    }
  }

  @Test
  void a_checkpoint_of_another_policy_is_refused() {
    try (TensorScope scope = TensorScope.open()) {
      trainUntilStopped(TinyRun.learned(1), 2, folder);
      JointTrainer other =
          TinyRun.random().resumeFrom(new CheckpointFolder(folder).readLast().orElseThrow());
      assertThatIllegalArgumentException()
          .isThrownBy(other::train)
          .withMessage(
              "the checkpoint is not one of this model and policy: meta_optimizer/exp_avg/logits"
                  + " has no place in it");
    }
  }
}
