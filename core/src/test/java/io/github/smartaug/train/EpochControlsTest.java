package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.meta.AccumulatedObjective;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.optim.Schedule;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochControlsTest {
  /** Five batches of labels 0 1 | 2 3 | 4 5 | 6 7 | 8. */
  private static final FixedBatches VALIDATION = SmallRun.images(9, 9, 2, 1);

  @ParameterizedTest
  @CsvSource({
    "1, 0, '0 1'",
    "1, 4, '8'",
    "1, 5, '0 1'",
    "2, 0, '0 1 2 3'",
    "2, 1, '4 5 6 7'",
    "2, 2, '8 0 1'",
    "2, 3, '2 3 4 5'",
    "5, 1, '0 1 2 3 4 5 6 7 8'",
    "100, 1, '0 1 2 3 4 5 6 7 8'"
  })
  void validation_batches_cycle_through_the_whole_set(int together, long metaStep, String labels) {
    MetaControls meta = new MetaControls(1, Schedule.constant(), together, 10);
    try (TensorScope scope = TensorScope.open()) {
      Batch batch = controls(SmallRun.perceptron(9), 1, meta).validationBatch(VALIDATION, metaStep);

      assertThat(Tensors.toLongs(batch.labels()))
          .containsExactly(Arrays.stream(labels.split(" ")).mapToLong(Long::parseLong).toArray());
      assertThat(batch.images().size(0)).isEqualTo(batch.size());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 3", "5, 5", "100, 5"})
  void a_batch_has_no_more_parts_than_images(int wanted, int parts) {
    assertThat(parts(SmallRun.perceptron(3), wanted)).isEqualTo(parts);
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 2", "100, 2"})
  void parts_are_large_enough_for_batch_normalisation(int wanted, int parts) {
    assertThat(parts(SmallRun.normalized(3), wanted)).isEqualTo(parts);
  }

  /** Of a batch of five images. */
  private static int parts(Model model, int wanted) {
    try (TensorScope scope = TensorScope.open()) {
      Batch batch = SmallRun.images(5, 3, 5, 1).batch(0, 0);
      NoAugmentation none = new NoAugmentation();
      ImageObjective objective =
          new ImageObjective(
              model,
              SmallRun.data().normalization(),
              new MixedLoss(1),
              none,
              batch,
              none.draw(5, RandomStream.seeded(1)),
              1);
      InnerObjective accumulated =
          controls(model, wanted, MetaControls.defaults()).accumulated(objective);
      return accumulated instanceof AccumulatedObjective sum ? sum.parts().size() : 1;
    }
  }

  private static EpochControls controls(Model model, int microBatches, MetaControls meta) {
    TrainingControls controls =
        new TrainingControls(1, OptionalDouble.empty(), microBatches, Precision.FLOAT32, meta);
    return new EpochControls(
        model, SmallRun.options(3, 1).toBuilder().controls(controls).build(), 1);
  }
}
