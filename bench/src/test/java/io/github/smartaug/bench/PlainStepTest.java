package io.github.smartaug.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That both sides of {@code bench/run plain-step} do the same work. */
class PlainStepTest {
  private static final ImageShape IMAGES = new ImageShape(3, 32, 32);
  private static final int CLASSES = 10;

  @ParameterizedTest
  @ValueSource(strings = {"lenet", "resnet18", "resnet18-3x3"})
  void libtorch_and_this_library_come_to_the_same_parameters_and_statistics(String name) {
    try (TensorScope scope = TensorScope.open()) {
      RandomStream random = RandomStream.seeded(1);
      Model model = Models.create(name, IMAGES, CLASSES);
      NamedTensors initial = model.initialParameters(random);
      Batch batch = RandomImages.batch(IMAGES, CLASSES, 16, random);
      Normalization normalization = RandomImages.normalization(IMAGES);
      try (TrainingLoop ours = new SmartAugLoop(model, initial, batch, normalization);
          TrainingLoop theirs =
              new LibtorchLoop(
                  LibtorchNetwork.create(name, CLASSES, initial), batch, normalization)) {
        // Two steps: the second one has momentum.
        for (int step = 0; step < 2; step++) {
          assertThat(ours.step()).isCloseTo(theirs.step(), Offset.offset(1e-4));
        }
        assertThat(theirs.parameters().names()).isEqualTo(ours.parameters().names());
        assertThat(largestDifference(ours.parameters(), theirs.parameters())).isLessThan(1e-5);
        assertThat(largestDifference(initial, theirs.parameters())).isGreaterThan(1e-4);
        assertThat(largestDifference(theirs.buffers(), ours.buffers())).isLessThan(1e-4);
      }
    }
  }

  /** Over all tensors of the first set. */
  private static double largestDifference(NamedTensors some, NamedTensors others) {
    double largest = 0;
    for (String name : some.names()) {
      Tensor difference = some.get(name).detach().sub(others.get(name).detach()).abs().max();
      largest = Math.max(largest, Tensors.item(difference));
    }
    return largest;
  }
}
