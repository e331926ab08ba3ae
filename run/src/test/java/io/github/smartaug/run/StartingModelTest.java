package io.github.smartaug.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.file.Sha256;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Safetensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.train.InnerOptions;
import io.github.smartaug.train.JointTrainer;
import io.github.smartaug.train.MetaOptions;
import io.github.smartaug.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingModelTest {
  private static final DatasetBundle IMAGES =
      Datasets.load("fashion-mnist-mini")
          .limitTraining(50, 0)
          .limitTest(10)
          .ensureValidation(0.2, 0);

  @TempDir static Path shared;
  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      train("resnet18", Models.create("resnet18", IMAGES.shape(), 10));
      train("lenet", Models.create("lenet", IMAGES.shape(), 10));
    }
  }

  private static void train(String name, Model model) throws IOException {
    NoAugmentation augmenter = new NoAugmentation();
    TrainingData batches = IMAGES.batches(20, 0);
    TrainingOptions options =
        new TrainingOptions(1, InnerOptions.defaults(0.1), MetaOptions.defaults(1), 0);
    RunDescription description =
        RunDescription.builder()
            .setImages(IMAGES, batches)
            .setModel(name, model)
            .setAugmenter(augmenter)
            .setOptions(options)
            .build();
    RunWriter.into(shared.resolve(name), description)
        .train(new JointTrainer(model, augmenter, batches, options));
  }

  private static Path weights(String run) {
    return shared.resolve(run).resolve("model.safetensors");
  }

  private static ImageShape side(int pixels) {
    return new ImageShape(1, pixels, pixels);
  }

  @Test
  void it_has_the_parameters_and_running_statistics_of_the_run() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors stored = Safetensors.read(weights("resnet18")).tensors();

      StartingModel start = StartingModel.read(weights("resnet18"), side(28), 10);

      NamedTensors first =
          start
              .model()
              .initialParameters(RandomStream.seeded(3))
              .with(start.model().initialBuffers());
      assertThat(first.names()).containsExactlyInAnyOrderElementsOf(stored.names());
      for (String name : stored.names()) {
        assertThat(first.get(name).equal(stored.get(name))).as(name).isTrue();
      }
      assertThat(start.name()).isEqualTo("resnet18");
      assertThat(start.weights().sha256()).isEqualTo(Sha256.of(weights("resnet18")));
    }
  }

  @Test
  void convolutions_are_trained_on_images_of_another_size() {
    try (TensorScope scope = TensorScope.open()) {
      Model model = StartingModel.read(weights("resnet18"), side(40), 10).model();

      assertThat(model.input()).isEqualTo(side(40));
    }
  }

  @Test
  void what_its_weights_do_not_take_is_refused() {
    Path run = shared.resolve("lenet");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StartingModel.read(weights("lenet"), side(32), 10))
        .withMessage(
            run
                + ": a model of images 1x28x28, whose weights are for that size, allowed: such"
                + " images, not 1x32x32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StartingModel.read(weights("lenet"), new ImageShape(3, 28, 28), 10))
        .withMessage(
            run + ": a model of images 1x28x28, allowed: images of as many channels, not 3x28x28");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StartingModel.read(weights("lenet"), side(28), 4))
        .withMessage(
            run + ": a model of 10 classes, the images have 4, allowed: images of as many classes");
  }

  @Test
  void weights_that_are_not_numbers_are_refused() throws IOException {
    Files.copy(shared.resolve("lenet/config.json"), folder.resolve("config.json"));
    Path damaged = folder.resolve("model.safetensors");
    try (TensorScope scope = TensorScope.open()) {
      Safetensors whole = Safetensors.read(weights("lenet"));
      NamedTensors broken =
          whole.tensors().map((Tensor tensor) -> tensor.mul(new Scalar(Double.NaN)));
      Safetensors.write(damaged, broken, whole.metadata());

      assertThatIllegalArgumentException()
          .isThrownBy(() -> StartingModel.read(damaged, side(28), 10))
          .withMessageStartingWith(damaged + ": tensor \"")
          .withMessageEndingWith("\" holds NaN or infinity, allowed: finite numbers");
    }
  }
}
