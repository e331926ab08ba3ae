package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ForwardingBatches;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.optim.Schedule;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class MetaSafetyTest {
  private static final Model MODEL = SmallRun.perceptron(3);

  /** Validation batches 0 and 1 take turns, three meta steps an epoch: 0 1 0 | 1 0 1. */
  @Test
  void meta_steps_that_are_not_finite_are_skipped_and_counted_by_epoch() {
    try (TensorScope scope = TensorScope.open();
        TrainingResult result = train(batch -> batch == 1, 2)) {
      assertThat(result.epochs())
          .extracting(report -> report.details().skippedMetaSteps())
          .containsExactly(1L, 2L);
      assertThat(result.best().policy()).isNotEqualTo(PolicyReports.of(SmallRun.policy()));
      assertThat(result.augmenter()).satisfies(policy -> assertFinite(PolicyReports.of(policy)));
    }
  }

  @Test
  void too_many_in_a_row_end_the_run() {
    try (TensorScope scope = TensorScope.open()) {
      assertThatThrownBy(() -> train(batch -> true, 4))
          .isInstanceOf(DivergedException.class)
          .hasMessage(
              "the policy cannot be learned: 4 meta steps in a row were skipped, the last in epoch"
                  + " 2, step 1, because the validation loss is NaN; try a smaller learning rate or"
                  + " fewer inner steps");
    }
  }

  @Test
  void a_meta_step_that_is_done_begins_the_count_in_a_row_anew() {
    SkippedMetaSteps skipped = SkippedMetaSteps.none().afterSkipped("reason", 2, 1, 1);

    assertThat(skipped.afterDone().afterSkipped("reason", 2, 1, 3))
        .isEqualTo(new SkippedMetaSteps(2, 1));
  }

  private static TrainingResult train(IntPredicate broken, int allowed) {
    TrainingControls controls =
        new TrainingControls(
            1,
            OptionalDouble.empty(),
            1,
            Precision.FLOAT32,
            new MetaControls(1, Schedule.constant(), 1, allowed));
    TrainingData data =
        SmallRun.data(
            SmallRun.images(12, 3, 4, 1), new BrokenBatches(SmallRun.images(6, 3, 4, 2), broken));
    return new JointTrainer(
            MODEL,
            SmallRun.policy(),
            data,
            SmallRun.options(2, 1).toBuilder().controls(controls).build())
        .train();
  }

  private static void assertFinite(Iterable<TransformReport> policy) {
    assertThat(policy)
        .allMatch(t -> Double.isFinite(t.probability()) && Double.isFinite(t.magnitude()));
  }

  /** Another source's batches, some of which are not a number. */
  private record BrokenBatches(BatchSource source, IntPredicate broken)
      implements ForwardingBatches {
    @Override
    public Batch batch(long epoch, int index) {
      Batch batch = source.batch(epoch, index);
      if (!broken.test(index)) {
        return batch;
      }
      long[] shape = batch.images().shape();
      return new Batch(Tensors.full(Double.NaN, batch.images(), shape), batch.labels());
    }
  }
}
