package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EmbeddedDatasetTest {
  private static final DatasetBundle BUNDLE = Datasets.load("fashion-mnist-mini");

  @Test
  void it_has_ten_thousand_training_and_two_thousand_test_images_of_ten_classes() {
    assertThat(BUNDLE.name()).isEqualTo("fashion-mnist-mini");
    assertThat(BUNDLE.shape()).isEqualTo(new ImageShape(1, 28, 28));
    assertThat(BUNDLE.training().size()).isEqualTo(10_000);
    assertThat(BUNDLE.test().size()).isEqualTo(2_000);
    assertThat(BUNDLE.validation()).isEmpty();
    assertThat(BUNDLE.classNames()).hasSize(10).startsWith("T-shirt/top").endsWith("Ankle boot");
  }

  @Test
  void its_images_are_the_first_of_the_original_files() {
    assertThat(BUNDLE.training().labels()).startsWith(9, 0, 0, 3, 0, 2, 7, 2, 5, 5);
    assertThat(BUNDLE.test().labels()).startsWith(9, 2, 1, 1, 6, 1, 4, 6, 5, 7);
    assertThat(BUNDLE.training().classCounts())
        .containsExactly(942, 1027, 1016, 1019, 974, 989, 1021, 1022, 990, 1000);
    assertThat(BUNDLE.test().classCounts())
        .containsExactly(200, 203, 214, 190, 219, 195, 197, 200, 194, 188);
  }

  @Test
  void its_normalization_is_that_of_the_pixels_and_close_to_the_published_one_of_the_whole_set() {
    ImageDataset training = BUNDLE.training();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < training.size(); i++) {
      for (byte pixel : training.pixels(i)) {
        double value = (pixel & 0xff) / 255.0;
        sum += value;
        squares += value * value;
      }
    }
    double mean = sum / (training.size() * 784.0);
    double deviation = Math.sqrt(squares / (training.size() * 784.0) - mean * mean);

    Normalization normalization = training.normalization();
    assertThat(normalization.mean().get(0)).isCloseTo(mean, within(1e-9));
    assertThat(normalization.standardDeviation().get(0)).isCloseTo(deviation, within(1e-9));
    assertThat(mean).isCloseTo(0.2860, within(0.002));
    assertThat(deviation).isCloseTo(0.3530, within(0.002));
  }

  @Test
  void its_origin_and_licence_are_told() throws IOException {
    assertThat(BUNDLE.provenance()).contains("Zalando", "arXiv:1708.07747", "MIT licence");
    try (InputStream readme =
        EmbeddedDataset.class.getResourceAsStream("fashion-mnist-mini/README.txt")) {
      assertThat(readme).isNotNull();
      assertThat(new String(readme.readAllBytes(), StandardCharsets.UTF_8))
          .contains("Copyright (c) 2017 Zalando SE, https://tech.zalando.com");
    }
  }

  @Test
  void it_can_be_brought_to_another_image_size() {
    DatasetBundle resized = Datasets.load("fashion-mnist-mini", 32);

    assertThat(resized.shape()).isEqualTo(new ImageShape(1, 32, 32));
    assertThat(resized.test().shape()).isEqualTo(new ImageShape(1, 32, 32));
  }
}
