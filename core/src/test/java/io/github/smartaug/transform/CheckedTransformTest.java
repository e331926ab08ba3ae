package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedTransformTest {
  @ParameterizedTest
  @ValueSource(strings = {"posterize", "noise", "invert"})
  void right_input_is_transformed_as_ever(String name) {
    try (TensorScope scope = TensorScope.open()) {
      Transform transform = Transforms.named(name);
      Tensor images = TestImages.random(1, ScalarType.Float, 2, 3, 5, 4);
      Tensor values = TestImages.values(0.5, images);
      long[] seeds = {5, 6};
      assertThat(Tensors.toDoubles(new CheckedTransform(transform).apply(images, values, seeds)))
          .containsExactly(Tensors.toDoubles(TestImages.apply(transform, images, values, seeds)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5  | image 1 has 1.5 at channel 2, row 3, column 1, allowed: 0 to 1",
        "-0.5 | image 1 has -0.5 at channel 2, row 3, column 1, allowed: 0 to 1",
        "NaN  | image 1 has NaN at channel 2, row 3, column 1, allowed: 0 to 1"
      })
  void a_pixel_outside_the_unit_range_is_refused_with_its_place(double pixel, String message) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(1, ScalarType.Float, 3, 3, 5, 4);
      images.select(0, 1).select(0, 2).select(0, 3).select(0, 1).fill_(new Scalar(pixel));
      images.select(0, 2).select(0, 0).select(0, 0).select(0, 0).fill_(new Scalar(7.0));
      CheckedTransform checked = new CheckedTransform(Transforms.named("invert"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> checked.apply(images, Tensors.full(0, images, 3)))
          .withMessage(message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "posterize  | 8.5       | value 8.5 of image 0, allowed: 0 to 8",
        "solarize   | -0.5      | value -0.5 of image 0, allowed: 0 to 1",
        "brightness | -1        | value -1.0 of image 0, allowed: at least 0",
        "rotate     | NaN       | value NaN of image 0, allowed: finite numbers",
        "blur       | Infinity  | value Infinity of image 0, allowed: at least 0",
        "cutout     | -2        | value -2.0 of image 0, allowed: at least 0"
      })
  void a_value_that_makes_no_sense_is_refused(String name, double value, String message) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(1, ScalarType.Float, 2, 3, 5, 4);
      CheckedTransform checked = new CheckedTransform(Transforms.named(name));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> checked.apply(images, TestImages.values(value, images)))
          .withMessage(message);
    }
  }

  @Test
  void no_images_are_no_error() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor none = TestImages.random(1, ScalarType.Float, 1, 3, 5, 4).narrow(0, 0, 0);
      Tensor result =
          new CheckedTransform(Transforms.named("rotate")).apply(none, TestImages.values(1, none));
      assertThat(result.size(0)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"color, 2", "color, 5", "contrast, 2", "hue, 5"})
  void what_needs_grey_or_color_refuses_other_channels(String name, int channels) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(1, ScalarType.Float, 1, channels, 5, 4);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Transforms.named(name).apply(images, TestImages.values(0.5, images)))
          .withMessage(
              "images of shape [1, %d, 5, 4] have %d channels, allowed: 1 (grey), 3 (red, green,"
                  + " blue)",
              channels, channels);
    }
  }

  @Test
  void a_seed_is_needed_for_every_image() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(1, ScalarType.Float, 2, 3, 5, 4);
      SeededTransform noise = (SeededTransform) Transforms.named("noise");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> noise.apply(images, TestImages.values(0.5, images), new long[3]))
          .withMessage("3 seeds for 2 images, expected one each");
    }
  }
}
