package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuxiliaryBatchNorm2dTest {
  private static final long[] IMAGES = {4, 3, 5, 5};

  private final TensorScope scope = TensorScope.open();
  private final Layer layer = new AuxiliaryBatchNorm2d("bn", 3);
  private final NamedTensors parameters =
      Passes.doubles(layer.initialParameters(RandomStream.seeded(1)));
  private final NamedTensors initial = Passes.doubles(layer.initialBuffers());
  private final Tensor clean = Passes.normal(1, IMAGES).add(new Scalar(2.0));
  private final Tensor augmented = Passes.normal(2, IMAGES).mul(new Scalar(3.0));

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void each_kind_of_images_moves_its_own_statistics() {
    NamedTensors afterClean = trained(clean, initial, Passes.training());
    assertThat(moved(initial, afterClean))
        .containsExactly("bn.running_mean", "bn.running_var", "bn.num_batches_tracked");
    NamedTensors afterBoth = trained(augmented, afterClean, Passes.training().ofAugmentedImages());
    assertThat(moved(afterClean, afterBoth))
        .containsExactly(
            "bn.augmented_running_mean",
            "bn.augmented_running_var",
            "bn.augmented_num_batches_tracked");
  }

  @Test
  void without_augmented_batches_evaluation_is_that_of_batch_normalisation() {
    NamedTensors buffers = trained(clean, initial, Passes.training());
    assertThat(Tensors.toDoubles(evaluated(layer, buffers)))
        .containsExactly(
            Tensors.toDoubles(evaluated(new BatchNorm2d("bn", 3), buffers)), within(1e-12));
  }

  @Test
  void evaluation_takes_mean_and_variance_of_the_mixture_of_batches() {
    NamedTensors buffers = trained(clean, initial, Passes.training());
    for (int i = 0; i < 3; i++) {
      buffers = trained(augmented, buffers, Passes.training().ofAugmentedImages());
    }
    double[] mean = Tensors.toDoubles(buffers.get("bn.running_mean"));
    double[] otherMean = Tensors.toDoubles(buffers.get("bn.augmented_running_mean"));
    double[] variance = Tensors.toDoubles(buffers.get("bn.running_var"));
    double[] otherVariance = Tensors.toDoubles(buffers.get("bn.augmented_running_var"));
    double[] mixedMean = new double[3];
    double[] mixedVariance = new double[3];
    for (int c = 0; c < 3; c++) {
      mixedMean[c] = mean[c] / 4 + 3 * otherMean[c] / 4;
      double square = (variance[c] + mean[c] * mean[c]) / 4;
      square += 3 * (otherVariance[c] + otherMean[c] * otherMean[c]) / 4;
      mixedVariance[c] = square - mixedMean[c] * mixedMean[c];
    }
    NamedTensors mixed =
        buffers
            .with(NamedTensors.of("bn.running_mean", Tensors.of(mixedMean, 3)))
            .with(NamedTensors.of("bn.running_var", Tensors.of(mixedVariance, 3)));
    assertThat(Tensors.toDoubles(evaluated(layer, buffers)))
        .containsExactly(
            Tensors.toDoubles(evaluated(new BatchNorm2d("bn", 3), mixed)), within(1e-12));
  }

  private NamedTensors trained(Tensor images, NamedTensors buffers, Mode mode) {
    ForwardPass pass = ForwardPass.begin(parameters, buffers, mode);
    layer.forward(images, pass);
    return pass.buffers();
  }

  private Tensor evaluated(Layer normalization, NamedTensors buffers) {
    return normalization.forward(clean, ForwardPass.begin(parameters, buffers, Mode.evaluation()));
  }

  private static List<String> moved(NamedTensors before, NamedTensors after) {
    return before.names().stream()
        .filter(name -> !before.get(name).equal(after.get(name)))
        .toList();
  }
}
