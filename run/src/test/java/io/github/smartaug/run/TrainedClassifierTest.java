package io.github.smartaug.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.metric.TestTimeAugmentation;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Safetensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.train.InnerOptions;
import io.github.smartaug.train.JointTrainer;
import io.github.smartaug.train.MetaOptions;
import io.github.smartaug.train.TrainingOptions;
import io.github.smartaug.transform.TransformSets;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainedClassifierTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static final DatasetBundle IMAGES =
      Datasets.load("fashion-mnist-mini")
          .limitTraining(300, 0)
          .limitTest(50)
          .ensureValidation(0.2, 0);

  private static RunResult result;

  @BeforeAll
  static void train() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      Model model = Models.create("mlp", IMAGES.shape(), IMAGES.classNames().size());
      NoAugmentation augmenter = new NoAugmentation();
      TrainingData batches = IMAGES.batches(32, 0);
      TrainingOptions options =
          new TrainingOptions(1, InnerOptions.defaults(0.1), MetaOptions.defaults(1), 0);
      RunDescription description =
          RunDescription.builder()
              .setImages(IMAGES, batches)
              .setModel("mlp", model)
              .setAugmenter(augmenter)
              .setOptions(options)
              .build();
      result =
          RunWriter.into(shared.resolve("run"), description)
              .train(new JointTrainer(model, augmenter, batches, options));
    }
  }

  private static TrainedClassifier load() {
    return TrainedClassifier.load(shared.resolve("run"));
  }

  @Test
  void it_does_on_the_test_images_as_the_run_did() {
    try (TensorScope scope = TensorScope.open();
        TrainedClassifier classifier = load()) {
      Batch batch = IMAGES.batches(50, 0).test().batch(0, 0);

      Tensor probabilities = classifier.classify(batch.images());

      long right = probabilities.topk(1).get1().select(1, 0).eq(batch.labels()).sum().item_long();
      assertThat(right / 50.0).isCloseTo(result.testAccuracy(), within(1e-6));
      for (double sum : Tensors.toDoubles(probabilities.sum(1))) {
        assertThat(sum).isCloseTo(1, within(1e-5));
      }
      assertThat(classifier.evaluate(IMAGES.batches(32, 0).test()).accuracy())
          .isEqualTo(result.testAccuracy());
    }
  }

  @Test
  void an_image_is_the_same_as_picture_array_and_tensor() {
    DecodedImage image = DecodedImage.of(IMAGES.test(), 3);
    try (TensorScope scope = TensorScope.open();
        TrainedClassifier classifier = load()) {
      double[] expected = Tensors.toDoubles(classifier.classify(image.toTensor()));

      assertThat(classifier.classify(image.toBufferedImage()).probabilities()).isEqualTo(expected);
      assertThat(classifier.classify(Tensors.toFloats(image.toTensor())).probabilities())
          .isEqualTo(expected);
    }
  }

  @Test
  void a_picture_in_colour_gets_the_grey_of_its_brightness() {
    BufferedImage grey = DecodedImage.of(IMAGES.test(), 3).toBufferedImage();
    BufferedImage colour = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        int level = grey.getRaster().getSample(x, y, 0);
        colour.setRGB(x, y, level << 16 | level << 8 | level);
      }
    }
    try (TrainedClassifier classifier = load()) {
      assertThat(classifier.classify(colour)).isEqualTo(classifier.classify(grey));
      assertThat(classifier.classify(plain(28, 28, new Color(200, 0, 0))))
          .isEqualTo(classifier.classify(plain(28, 28, new Color(60, 60, 60))));
    }
  }

  @Test
  void a_picture_of_another_size_is_stretched_to_that_of_the_model() {
    try (TrainedClassifier classifier = load()) {
      assertThat(classifier.classify(plain(80, 17, Color.GRAY)))
          .isEqualTo(classifier.classify(plain(28, 28, Color.GRAY)));
    }
  }

  @Test
  void a_picture_is_cropped_if_those_of_the_run_were() throws IOException {
    Path run = copy();
    Path config = run.resolve("config.json");
    String text = Files.readString(config);
    assertThat(text).contains("\"image_fit\" : \"squash\"");
    // Of 96x32 pixels the centre of 28x28 is white.
    BufferedImage picture = plain(96, 32, Color.BLACK);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(32, 0, 32, 32);
    graphics.dispose();
    Path file = folder.resolve("picture.png");
    ImageIO.write(picture, "png", file.toFile());
    Prediction white;
    try (TrainedClassifier classifier = load()) {
      white = classifier.classify(plain(28, 28, Color.WHITE));
      assertThat(classifier.classify(picture)).isNotEqualTo(white);
    }
    for (String fit : List.of("crop", "random-crop")) {
      Files.writeString(config, text.replace("\"squash\"", "\"" + fit + "\""));
      try (TrainedClassifier classifier = TrainedClassifier.load(run)) {
        assertThat(classifier.classify(picture)).isEqualTo(white);
        assertThat(classifier.classify(List.of(file))).containsExactly(white);
      }
    }
  }

  private static BufferedImage plain(int width, int height, Color color) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return picture;
  }

  @Test
  void transparency_is_laid_over_white() {
    BufferedImage transparent = new BufferedImage(28, 28, BufferedImage.TYPE_INT_ARGB);
    try (TrainedClassifier classifier = load()) {
      assertThat(classifier.classify(transparent))
          .isEqualTo(classifier.classify(plain(28, 28, Color.WHITE)));
    }
  }

  @Test
  void files_are_classified_in_their_order_as_pictures_of_any_size_are() throws IOException {
    List<Path> files = new ArrayList<>();
    // More than are decoded at once.
    for (int i = 0; i < 70; i++) {
      Path file = folder.resolve(i + ".png");
      ImageIO.write(plain(20 + i, 30, new Color(3 * i, 255 - i, 10)), "png", file.toFile());
      files.add(file);
    }
    try (TrainedClassifier classifier = load()) {
      List<Prediction> predictions = classifier.classify(files);

      assertThat(predictions).hasSize(70);
      for (int i = 0; i < 70; i++) {
        assertThat(predictions.get(i).probabilities())
            .containsExactly(
                classifier.classify(ImageIO.read(files.get(i).toFile())).probabilities(),
                within(1e-6));
      }
    }
  }

  @Test
  void a_file_that_is_no_image_is_named() {
    Path file = folder.resolve("none.png");
    try (TrainedClassifier classifier = load()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> classifier.classify(List.of(file)))
          .withMessageStartingWith(file + ": cannot be read (no such file)");
    }
  }

  @Test
  void augmented_copies_of_an_image_follow_from_the_seed_and_not_from_other_images() {
    try (TensorScope scope = TensorScope.open();
        TrainedClassifier classifier = load()) {
      Tensor images = IMAGES.batches(8, 0).test().batch(0, 0).images();
      IndependentPolicy policy =
          IndependentPolicy.initial(
              TransformSets.named("wide-geometric"), PolicyOptions.learned(2));
      TestTimeAugmentation augmentation = new TestTimeAugmentation(policy, 3, 5);

      double[] together = Tensors.toDoubles(classifier.classify(images, augmentation));
      double[] alone = Tensors.toDoubles(classifier.classify(images.narrow(0, 4, 1), augmentation));
      double[] otherwise =
          Tensors.toDoubles(classifier.classify(images, new TestTimeAugmentation(policy, 3, 6)));

      assertThat(alone).containsExactly(Arrays.copyOfRange(together, 40, 50));
      assertThat(otherwise).isNotEqualTo(together);
      for (int i = 0; i < 8; i++) {
        assertThat(Arrays.stream(together, 10 * i, 10 * i + 10).sum()).isCloseTo(1, within(1e-5));
      }
    }
  }

  @Test
  void copies_that_change_nothing_give_what_the_image_gives() {
    try (TensorScope scope = TensorScope.open();
        TrainedClassifier classifier = load()) {
      Tensor images = IMAGES.batches(8, 0).test().batch(0, 0).images();

      assertThat(
              Tensors.toDoubles(
                  classifier.classify(
                      images, new TestTimeAugmentation(new NoAugmentation(), 3, 0))))
          .containsExactly(Tensors.toDoubles(classifier.classify(images)), within(1e-5));
    }
  }

  @Test
  void the_likeliest_classes_come_in_order_and_of_equals_the_first_comes_first() {
    Prediction prediction =
        new Prediction(List.of("a", "b", "c", "d"), new double[] {0.2, 0.4, 0.2, 0.2});

    assertThat(prediction.likeliest(3)).containsExactly(1, 0, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> prediction.likeliest(5))
        .withMessageContaining("count: 5");
  }

  @Test
  void a_prediction_names_the_likeliest_class() {
    try (TrainedClassifier classifier = load()) {
      Prediction prediction = classifier.classify(new float[28 * 28]);

      assertThat(prediction.className())
          .isEqualTo(IMAGES.classNames().get(prediction.classIndex()));
      for (double probability : prediction.probabilities()) {
        assertThat(probability).isLessThanOrEqualTo(prediction.probability());
      }
    }
  }

  @Test
  void images_of_another_shape_are_refused() {
    try (TensorScope scope = TensorScope.open();
        TrainedClassifier classifier = load()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> classifier.classify(new float[28]))
          .withMessage("image: 28 values, allowed: 784 as in 1x28x28");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> classifier.classify(Tensors.of(new float[3 * 784], 1, 3, 28, 28)))
          .withMessageContaining("allowed: [B, 1, 28, 28]");
    }
  }

  @Test
  void all_native_memory_is_freed() {
    for (int i = 0; i < 3; i++) {
      load().close();
    }
    long before = Pointer.totalBytes();
    load().close();
    assertThat(Pointer.totalBytes()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void weights_that_are_not_finite_are_refused(float value) throws IOException {
    Path run = copy();
    Path file = run.resolve("model.safetensors");
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors weights = Safetensors.read(file).tensors();
      String last = weights.names().stream().reduce((a, b) -> b).orElseThrow();
      weights.get(last).fill_(new Scalar(value));
      Safetensors.write(file, weights, Map.of());

      assertThatIllegalArgumentException()
          .isThrownBy(() -> TrainedClassifier.load(run))
          .withMessage(
              file + ": tensor \"" + last + "\" holds NaN or infinity, allowed: finite numbers");
    }
  }

  @Test
  void normalisation_that_is_not_finite_is_refused() throws IOException {
    Path run = copy();
    Path file = run.resolve("config.json");
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"mean\" : \\[ [^ ]+ ]", "\"mean\" : [ null ]"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainedClassifier.load(run))
        .withMessage(file + ": data.mean[0]: null, allowed: a finite number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.safetensors"})
  void a_file_that_is_missing_is_named(String name) throws IOException {
    Path run = copy();
    Files.delete(run.resolve(name));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainedClassifier.load(run))
        .withMessageStartingWith(run.toString())
        .withMessageContaining(name + " is missing");
  }

  private Path copy() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    try (Stream<Path> files = Files.list(shared.resolve("run"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, run.resolve(file.getFileName()));
      }
    }
    return run;
  }
}
