package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The convention of each function of pixels that no reference numbers pin. */
class PixelTransformsTest {
  private static final long[] PER_IMAGE = {1, 2, 3};

  @ParameterizedTest
  @CsvSource({
    "1,   0,   0,   0.3333333333333333, 0,   1,   0",
    "1,   0,   0,   0.6666666666666666, 0,   0,   1",
    "0.5, 0,   0,   0.5,                0,   0.5, 0.5",
    "0.8, 0.2, 0.4, 0.5,                0.2, 0.8, 0.6",
    "0.8, 0.2, 0.4, 1,                  0.8, 0.2, 0.4",
    "0.2, 0.8, 0.4, -0.3333333333333333, 0.8, 0.4, 0.2",
    "0.3, 0.3, 0.3, 0.4,                0.3, 0.3, 0.3"
  })
  void hue_turns_red_to_green_to_blue(
      double red, double green, double blue, double turns, double r, double g, double b) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor pixel = Tensors.of(new double[] {red, green, blue}, 1, 3, 1, 1);
      Tensor turned = Transforms.named("hue").apply(pixel, TestImages.values(turns, pixel));
      assertThat(Tensors.toDoubles(turned)).containsExactly(new double[] {r, g, b}, within(1e-12));
    }
  }

  /** Rounding must not move it beyond the limit at which a clamp cuts gradients off. */
  @ParameterizedTest
  @ValueSource(strings = {"contrast", "color", "sharpness"})
  void white_stays_white_and_keeps_its_gradient_at_every_factor(String blend) {
    try (TensorScope scope = TensorScope.open()) {
      int factors = 2000;
      Tensor values = torch.arange(new Scalar(factors)).div(new Scalar(1000));
      Tensor white = torch.ones(new long[] {factors, 1, 4, 4}).set_requires_grad(true);
      Tensor result = Transforms.named(blend).apply(white, values);
      Tensor gradient =
          Tensors.gradients(result.sum(), NamedTensors.of("x", white)).get("x").sum(PER_IMAGE);
      assertThat(Tensors.item(result.sub(new Scalar(1)).abs().max())).isLessThan(1e-6);
      assertThat(Tensors.item(gradient.sub(new Scalar(16)).abs().max())).isLessThan(1e-4);
    }
  }

  /**
   * {@code <S x, y> = <x, S^T y>}: at factor 0 the result is smoothed and so linear in the image.
   */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "4, 1", "2, 2", "2, 3", "3, 2", "3, 3", "4, 7", "9, 5"})
  void the_gradient_of_sharpness_is_its_adjoint_up_to_the_border(long height, long width) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(1, ScalarType.Double, 2, 3, height, width);
      Tensor weights = TestImages.random(2, ScalarType.Double, 2, 3, height, width);
      NamedTensors leaf = NamedTensors.of("x", images).asLeaves();
      Tensor zero = Tensors.full(0, images, 2);
      Tensor sum = Transforms.named("sharpness").apply(leaf.get("x"), zero).mul(weights).sum();
      Tensor gradient = Tensors.gradients(sum, leaf).get("x");
      assertThat(Tensors.item(gradient.mul(images).sum()))
          .isCloseTo(Tensors.item(sum), within(1e-12));
      Tensor other = TestImages.random(3, ScalarType.Double, 2, 3, height, width);
      Tensor ofOther = Transforms.named("sharpness").apply(other, zero).mul(weights).sum();
      assertThat(Tensors.item(gradient.mul(other).sum()))
          .isCloseTo(Tensors.item(ofOther), within(1e-12));
    }
  }

  @Test
  void hue_has_a_finite_gradient_at_grey_pixels() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor grey = Tensors.full(0.4, Tensors.of(new float[] {0}, 1), 1, 3, 2, 2);
      NamedTensors inputs =
          NamedTensors.of("x", grey)
              .with(NamedTensors.of("v", TestImages.values(0.2, grey)))
              .asLeaves();
      Tensor sum = Transforms.named("hue").apply(inputs.get("x"), inputs.get("v")).sum();
      NamedTensors gradients = Tensors.gradients(sum, inputs);
      for (Tensor gradient : gradients.tensors()) {
        assertThat(Tensors.toDoubles(gradient)).doesNotContain(Double.NaN);
      }
    }
  }

  @Test
  void blur_spreads_a_point_as_a_gaussian() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor point = Tensors.full(0, Tensors.of(new double[] {0}, 1), 1, 1, 21, 21);
      point.select(2, 10).select(2, 10).fill_(new Scalar(1));
      Tensor blurred = Transforms.named("blur").apply(point, TestImages.values(1.5, point));
      double[] middle = Tensors.toDoubles(blurred.select(2, 10));
      for (int x = 0; x < 21; x++) {
        assertThat(middle[x]).isCloseTo(share(x) * share(10), within(1e-12));
      }
    }
  }

  /** The share of pixel 10 in pixel x of 21 under a deviation of 1.5. */
  private static double share(int x) {
    double sum = 0;
    for (int other = 0; other < 21; other++) {
      sum += Math.exp(-Math.pow(x - other, 2) / 4.5);
    }
    return Math.exp(-Math.pow(x - 10, 2) / 4.5) / sum;
  }

  @Test
  void blur_leaves_an_even_image_even_up_to_its_border() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor even = Tensors.full(0.7, Tensors.of(new double[] {0}, 1), 1, 3, 6, 9);
      Tensor blurred = Transforms.named("blur").apply(even, TestImages.values(3, even));
      assertThat(Tensors.toDoubles(blurred))
          .containsExactly(Tensors.toDoubles(even), within(1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1e-9", "1e-5", "0.01", "0.1"})
  void blur_has_a_finite_gradient_however_small_it_is(double deviation) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(1, ScalarType.Float, 1, 3, 8, 8);
      Tensor value = TestImages.values(deviation, images).set_requires_grad(true);
      Tensor sum = Transforms.named("blur").apply(images, value).square().sum();
      Tensor gradient = Tensors.gradients(sum, NamedTensors.of("v", value)).get("v");
      assertThat(Tensors.item(gradient)).isFinite();
    }
  }

  @Test
  void autocontrast_stretches_each_channel_and_leaves_even_ones() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Tensors.of(new double[] {0.2, 0.4, 0.6, 0.5, 0.5, 0.5}, 1, 2, 1, 3);
      Tensor stretched = Transforms.named("autocontrast").apply(images, null);
      assertThat(Tensors.toDoubles(stretched))
          .containsExactly(new double[] {0, 0.5, 1, 0.5, 0.5, 0.5}, within(1e-12));
    }
  }

  @Test
  void equalize_does_not_split_a_level_at_rounding_errors() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.levels(1, ScalarType.Double, 1, 3, 20, 20);
      Tensor shaken =
          images.add(TestImages.random(2, ScalarType.Double, 1, 3, 20, 20), new Scalar(-1e-7));
      Transform equalize = Transforms.named("equalize");
      assertThat(Tensors.toDoubles(equalize.apply(shaken, null)))
          .containsExactly(Tensors.toDoubles(equalize.apply(images, null)));
    }
  }
}
