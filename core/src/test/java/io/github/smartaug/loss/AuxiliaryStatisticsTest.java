package io.github.smartaug.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.loss.MixedLoss.RunningStatistics;
import io.github.smartaug.nn.AdaptiveAvgPool2d;
import io.github.smartaug.nn.AuxiliaryBatchNorm2d;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSets;
import java.util.List;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which statistics of an auxiliary batch normalisation the loss of a batch moves. */
class AuxiliaryStatisticsTest {
  @ParameterizedTest
  @CsvSource({"1, ALL, 1, 1", "1, CLEAN, 1, 0", "0, ALL, 0, 1"})
  void clean_and_augmented_images_move_their_own(
      double augmentedWeight, RunningStatistics statistics, long clean, long augmented) {
    try (TensorScope scope = TensorScope.open()) {
      Model model =
          new LayeredModel(
              new ImageShape(3, 8, 8),
              2,
              MemoryFormat.CONTIGUOUS,
              Sequential.of(
                  new AuxiliaryBatchNorm2d("bn", 3),
                  AdaptiveAvgPool2d.global(),
                  new Flatten(),
                  new Linear("fc", 3, 2)));
      RandomStream random = RandomStream.seeded(1);
      Batch batch =
          new Batch(
              Tensors.of(random.doubles(4 * 3 * 8 * 8).toArray(), 4, 3, 8, 8).to(ScalarType.Float),
              Tensors.of(new long[] {0, 1, 0, 1}, 4));
      IndependentPolicy policy =
          IndependentPolicy.initial(TransformSets.named("base"), PolicyOptions.learned(1));
      MixedLoss loss =
          new MixedLoss(augmentedWeight).toBuilder().runningStatistics(statistics).build();
      ImageObjective objective =
          new ImageObjective(
              model,
              new Normalization(List.of(0.5, 0.5, 0.5), List.of(0.3, 0.3, 0.3)),
              loss,
              policy,
              batch,
              policy.draw(4, random),
              1);
      NamedTensors buffers =
          objective
              .evaluate(
                  model.initialParameters(random),
                  model.initialBuffers(),
                  policy.learnedParameters())
              .buffers();
      assertThat(Tensors.toLongs(buffers.get("bn.num_batches_tracked"))).containsExactly(clean);
      assertThat(Tensors.toLongs(buffers.get("bn.augmented_num_batches_tracked")))
          .containsExactly(augmented);
    }
  }
}
