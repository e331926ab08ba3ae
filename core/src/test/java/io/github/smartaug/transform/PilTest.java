package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How our functions agree with those of PIL, which work on 256 grey levels. */
class PilTest {
  private static final Reference INPUTS = Reference.open("inputs");
  private static final Reference PIL = Reference.open("pil_pixel_functions");
  private static final Reference PIL_CONTRAST = Reference.open("pil");
  private static final double ROUNDING_ERROR = 1e-3;
  private static final List<String> IMAGES = List.of("cifar8", "fashion4");

  @ParameterizedTest
  @CsvSource({"equalize, 0", "invert, 0", "autocontrast, 1"})
  void without_a_value_levels_are_pils(String function, double difference) {
    assertThat(largestDifferenceWithoutValue(function)).isLessThanOrEqualTo(difference);
  }

  @ParameterizedTest
  @CsvSource({"brightness, 0", "color, 1", "contrast, 1"})
  void blended_levels_are_pils_or_next_to_them_where_pil_rounds_what_it_blends_with(
      String function, double difference) {
    assertThat(largestDifference(function, values("enhance_factors")))
        .isLessThanOrEqualTo(difference);
  }

  @Test
  void sharpened_levels_are_next_to_pils_but_for_the_border_which_pil_does_not_filter() {
    double largest = 0;
    double[] factors = values("enhance_factors");
    for (String images : IMAGES) {
      for (int f = 0; f < factors.length; f++) {
        try (TensorScope scope = TensorScope.open()) {
          Tensor difference = difference("sharpness", images, factors[f], f);
          long inner = difference.size(2) - 2;
          Tensor inside = difference.narrow(2, 1, inner).narrow(3, 1, inner);
          largest = Math.max(largest, Tensors.item(inside.max()));
        }
      }
    }
    assertThat(largest).isLessThanOrEqualTo(1);
  }

  @Test
  void posterized_levels_are_pils() {
    assertThat(largestDifference("posterize", values("posterize_bits"))).isZero();
  }

  @Test
  void solarized_levels_are_pils_with_the_threshold_between_two_levels() {
    double[] thresholds = values("solarize_thresholds");
    for (int i = 0; i < thresholds.length; i++) {
      thresholds[i] = (thresholds[i] - 0.5) / 255;
    }
    assertThat(largestDifference("solarize", thresholds)).isZero();
  }

  private static double[] values(String key) {
    try (TensorScope scope = TensorScope.open()) {
      return Tensors.toDoubles(PIL.tensor(key).to(ScalarType.Double));
    }
  }

  private static double largestDifference(String function, double[] values) {
    double largest = 0;
    for (String images : IMAGES) {
      for (int v = 0; v < values.length; v++) {
        try (TensorScope scope = TensorScope.open()) {
          largest =
              Math.max(largest, Tensors.item(difference(function, images, values[v], v).max()));
        }
      }
    }
    return largest;
  }

  private static double largestDifferenceWithoutValue(String function) {
    double largest = 0;
    for (String name : IMAGES) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor images = INPUTS.tensor(name);
        Tensor ours = Transforms.named(function).apply(images, null);
        Tensor pils = PIL.tensor(name + "__" + function);
        largest = Math.max(largest, Tensors.item(levels(ours, pils).max()));
      }
    }
    return largest;
  }

  /** In levels, of the images under the value of that index. */
  private static Tensor difference(String function, String name, double value, int index) {
    Tensor images = INPUTS.tensor(name);
    Tensor ours = Transforms.named(function).apply(images, TestImages.values(value, images));
    Reference file = function.equals("contrast") ? PIL_CONTRAST : PIL;
    return levels(ours, file.tensor(name + "__" + function).select(0, index));
  }

  /** Of whole levels, to which our numbers are rounded down, as PIL rounds its own. */
  private static Tensor levels(Tensor ours, Tensor pils) {
    Tensor down = ours.mul(new Scalar(255)).add(new Scalar(ROUNDING_ERROR)).floor();
    return down.sub(pils.to(ScalarType.Float)).abs();
  }
}
