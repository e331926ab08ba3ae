package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Sampling.Border;
import io.github.smartaug.transform.Sampling.Interpolation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SamplingTest {
  private static final AffineTransform TO_THE_RIGHT = new Translate(Axis.X);

  @ParameterizedTest
  @CsvSource({
    "ZEROS,      2,    0 0 .1 .2 .3",
    "REFLECTION, 2,    .2 .1 .1 .2 .3",
    "EDGE,       2,    .1 .1 .1 .2 .3",
    "ZEROS,      -2,   .3 .4 .5 0 0",
    "REFLECTION, -2,   .3 .4 .5 .5 .4",
    "EDGE,       -2,   .3 .4 .5 .5 .5",
    "ZEROS,      7,    0 0 0 0 0",
    "REFLECTION, 7,    .4 .5 .5 .4 .3",
    "EDGE,       7,    .1 .1 .1 .1 .1",
    "ZEROS,      0.5,  .05 .15 .25 .35 .45",
    "REFLECTION, 0.5,  .1 .15 .25 .35 .45",
    "EDGE,       0.5,  .1 .15 .25 .35 .45"
  })
  void what_comes_in_from_outside_is_the_borders_matter(
      Border border, double pixels, String expected) {
    assertThat(moved(Sampling.DEFAULT.with(border), pixels))
        .containsExactly(numbers(expected), within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"0.4, .1 .2 .3 .4 .5", "0.6, 0 .1 .2 .3 .4", "-1.3, .2 .3 .4 .5 0"})
  void the_nearest_pixel_is_taken_as_it_is(double pixels, String expected) {
    assertThat(moved(Sampling.DEFAULT.with(Interpolation.NEAREST), pixels))
        .containsExactly(numbers(expected), within(1e-7));
  }

  @Test
  void by_default_sampling_is_bilinear_with_zeros_outside_and_one_transform_at_a_time() {
    assertThat(Sampling.DEFAULT)
        .isEqualTo(
            new Sampling(Interpolation.BILINEAR, Border.ZEROS, Sampling.AffineChains.SEPARATE));
  }

  @ParameterizedTest
  @EnumSource(Border.class)
  void an_image_of_one_pixel_is_read_inside_and_outside(Border border) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor image = Tensors.of(new double[] {0.75}, 1, 1, 1, 1);
      Tensor moved =
          TO_THE_RIGHT.apply(image, TestImages.values(1, image), Sampling.DEFAULT.with(border));
      assertThat(Tensors.item(moved)).isEqualTo(border == Border.ZEROS ? 0 : 0.75);
    }
  }

  @Test
  void with_nearest_images_have_a_gradient_and_values_none() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(1, ScalarType.Double, 2, 1, 5, 4);
      NamedTensors leaves =
          NamedTensors.of("images", images)
              .with(NamedTensors.of("values", TestImages.values(30, images)))
              .asLeaves();
      Tensor rotated =
          new Rotate()
              .apply(
                  leaves.get("images"),
                  leaves.get("values"),
                  Sampling.DEFAULT.with(Interpolation.NEAREST));
      NamedTensors gradients = Tensors.gradients(rotated.sum(), leaves);
      assertThat(Tensors.toDoubles(gradients.get("values"))).containsOnly(0);
      assertThat(Tensors.item(gradients.get("images").sum())).isGreaterThan(20);
    }
  }

  @Test
  void with_nearest_what_resamples_cannot_be_learned_and_the_rest_can() {
    TransformSet set = TransformSets.named("base");
    TransformSet nearest = set.withSampling(Sampling.DEFAULT.with(Interpolation.NEAREST));
    List<String> lost =
        IntStream.range(0, set.size())
            .filter(t -> set.learnable(t) && !nearest.learnable(t))
            .mapToObj(t -> set.names().get(t))
            .toList();
    assertThat(lost).containsExactly("Rotate", "TranslateX", "TranslateY", "ShearX", "ShearY");
  }

  @ParameterizedTest
  @EnumSource(Border.class)
  void with_any_border_outputs_stay_between_0_and_1(Border border) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(2, ScalarType.Float, 6, 3, 7, 12);
      Tensor rotated =
          new Rotate().apply(images, TestImages.values(37, images), Sampling.DEFAULT.with(border));
      assertThat(Arrays.stream(Tensors.toDoubles(rotated)))
          .allMatch(pixel -> pixel >= 0 && pixel <= 1.000001);
    }
  }

  private static double[] moved(Sampling sampling, double pixels) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor row = Tensors.of(new double[] {.1, .2, .3, .4, .5}, 1, 1, 1, 5);
      return Tensors.toDoubles(TO_THE_RIGHT.apply(row, TestImages.values(pixels, row), sampling));
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }
}
