package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.checkpoint.Checkpoint;
import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingListenerTest {
  private final List<String> seen = new ArrayList<>();
  private final List<EpochReport> reports = new ArrayList<>();
  private final List<StepReport> steps = new ArrayList<>();
  private final List<MetaStepReport> metaSteps = new ArrayList<>();

  /** What a user of the library may write. */
  private final class Recorder implements TrainingListener {
    @Override
    public void trainingStarted(TrainingPlan plan) {
      seen.add("started " + plan.epochs() + "x" + plan.stepsPerEpoch());
    }

    @Override
    public void stepFinished(StepReport report) {
      seen.add("step " + report.epoch() + "." + report.step());
      steps.add(report);
    }

    @Override
    public void metaStepFinished(MetaStepReport report) {
      seen.add("meta step " + report.epoch() + "." + report.step());
      metaSteps.add(report);
    }

    @Override
    public void epochFinished(EpochReport report) {
      seen.add("epoch " + report.epoch());
      reports.add(report);
    }

    @Override
    public void resumable(ResumePoint point) {
      Checkpoint checkpoint = point.checkpoint();
      seen.add(point.occasion() + " " + checkpoint.epoch() + "." + checkpoint.steps());
    }
  }

  private void train() {
    try (TensorScope scope = TensorScope.open()) {
      TinyRun.outcome(TinyRun.learned(3).addListener(new Recorder()));
    }
  }

  @Test
  void a_listener_sees_steps_epochs_and_where_the_run_could_go_on() {
    train();
    assertThat(seen)
        .containsExactly(
            "started 2x4",
            "START 1.0",
            "step 1.1",
            "step 1.2",
            "step 1.3",
            "meta step 1.3",
            "STEPS 1.3",
            "step 1.4",
            "meta step 1.4",
            "STEPS 1.4",
            "epoch 1",
            "EPOCH 2.0",
            "step 2.1",
            "step 2.2",
            "step 2.3",
            "meta step 2.3",
            "STEPS 2.3",
            "step 2.4",
            "meta step 2.4",
            "STEPS 2.4",
            "epoch 2",
            "EPOCH 3.0");
  }

  @Test
  void steps_say_how_large_their_gradients_were() {
    train();
    assertThat(steps).allSatisfy(step -> assertThat(step.gradientNorm()).isPositive());
    assertThat(metaSteps)
        .allSatisfy(
            step -> {
              assertThat(step.problem()).isEmpty();
              assertThat(step.validationLoss()).isPositive();
              assertThat(step.gradientNorm()).isPositive();
            });
  }

  @Test
  void the_numbers_of_an_epoch_have_names() {
    train();
    EpochReport last = reports.get(1);
    assertThat(last.scalars())
        .containsEntry("loss/training", last.trainLoss())
        .containsEntry("accuracy/test", last.testAccuracy())
        .containsEntry(
            "probability/" + last.policy().get(0).name(), last.policy().get(0).probability());
    assertThat(last.scalars().values()).allSatisfy(value -> assertThat(value).isFinite());
  }

  @Test
  void the_time_of_an_epoch_is_split_between_all_phases() {
    train();
    for (EpochReport report : reports) {
      PhaseSeconds phases = report.phases();
      assertThat(
              List.of(
                  phases.data(),
                  phases.augmentation(),
                  phases.inner(),
                  phases.meta(),
                  phases.evaluation()))
          .allSatisfy(seconds -> assertThat(seconds).isPositive());
      assertThat(report.seconds()).isEqualTo(phases.total());
    }
  }

  @Test
  void the_largest_memory_so_far_is_reported_after_every_epoch() {
    train();
    assertThat(reports).extracting(EpochReport::peakMemoryBytes).isSorted();
    assertThat(reports.get(0).peakMemoryBytes()).isGreaterThan(10_000_000);
  }
}
