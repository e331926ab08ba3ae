package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.MagnitudeRange.Scale;
import io.github.smartaug.transform.MagnitudeRange.Unit;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MagnitudeRangeTest {
  private static final Reference RECORDED = Reference.open("magnitude_to_value");
  private static final TransformSet SET = TransformSets.named("inverse-scale-wide");

  static List<NamedTransform> transformsWithAValue() {
    return SET.transforms().stream().filter(it -> it.transform().usesValue()).toList();
  }

  static List<NamedTransform> transformsThatMapAsTheAncestor() {
    return transformsWithAValue().stream()
        .filter(it -> ((MagnitudeRange) it.mapping()).scale() != Scale.DIRECT)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("transformsWithAValue")
  void the_ancestors_mapping_gives_the_recorded_values_and_derivatives(NamedTransform transform) {
    assertRecorded(transform, new AncestorMapping((MagnitudeRange) transform.mapping()));
  }

  @ParameterizedTest
  @MethodSource("transformsThatMapAsTheAncestor")
  void ours_is_the_ancestors_but_for_direct_ranges(NamedTransform transform) {
    assertRecorded(transform, transform.mapping());
  }

  private static void assertRecorded(NamedTransform transform, ValueMapping mapping) {
    try (TensorScope scope = TensorScope.open()) {
      int index = RECORDED.strings("names").indexOf(transform.name());
      double[] magnitudes = Tensors.toDoubles(RECORDED.tensor("mag"));
      Tensor uniforms = RECORDED.tensor("u");
      for (int m = 0; m < magnitudes.length; m++) {
        Tensor magnitude = Tensors.full(magnitudes[m], uniforms, 5).set_requires_grad(true);
        Tensor values = mapping.value(magnitude, uniforms, 32, 32);
        Tensor derivatives =
            Tensors.gradients(values.sum(), NamedTensors.of("m", magnitude)).get("m");
        assertThat(Tensors.toDoubles(values))
            .containsExactly(recorded("param_32x32", index, m), within(2e-5));
        assertThat(Tensors.toDoubles(derivatives))
            .containsExactly(recorded("dparam_dmag_32x32", index, m), within(2e-5));
      }
    }
  }

  private static double[] recorded(String key, int transform, int magnitude) {
    return Tensors.toDoubles(RECORDED.tensor(key).select(0, transform).select(0, magnitude));
  }

  @ParameterizedTest
  @CsvSource({
    "SYMMETRIC, -10, 10,  0.5,  0,    -5",
    "SYMMETRIC, -10, 10,  0.5,  0.75,  2.5",
    "SYMMETRIC, 0.1, 1.9, 0.01, 0,     0.991",
    "SYMMETRIC, 0.1, 1.9, 1,    0,     0.1",
    "SYMMETRIC, 0.1, 1.9, 1,    0.75,  1.45",
    "DIRECT,    1,   1.9, 0.01, 0,     1",
    "DIRECT,    1,   1.9, 0.5,  0.5,   1.225",
    "DIRECT,    0,   8,   1,    0.5,   4",
    "INVERSE,   4,   8,   0.5,  0,     6",
    "INVERSE,   4,   8,   0.5,  0.5,   7",
    "INVERSE,   4,   8,   1,    0,     4"
  })
  void a_magnitude_opens_part_of_the_range(
      Scale scale, double min, double max, double magnitude, double uniform, double expected) {
    MagnitudeRange range = new MagnitudeRange(min, max, scale, Unit.ABSOLUTE);
    assertThat(range.coefficients(7, 9).value(magnitude, uniform))
        .isCloseTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"ABSOLUTE, 0.5", "WIDTH, 6", "HEIGHT, 4", "LARGER_SIDE, 6"})
  void the_ends_are_multiples_of_the_unit(Unit unit, double end) {
    MagnitudeRange range = MagnitudeRange.direct(0.25, 0.5).in(unit);
    assertThat(range.coefficients(8, 12).value(1, 1)).isEqualTo(end);
    assertThat(range.coefficients(8, 12).value(1, 0)).isEqualTo(end / 2);
  }

  @Test
  void ends_that_are_no_range_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MagnitudeRange.direct(2, 1))
        .withMessage("min 2.0 is greater than max 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MagnitudeRange.direct(0, Double.NaN))
        .withMessage("range 0.0 to NaN, allowed: finite numbers");
    assertThatIllegalArgumentException().isThrownBy(() -> MagnitudeRange.symmetric(-1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "posterize  | 4    | 9   | ABSOLUTE | \"max\": 9.0, allowed: 0 to 8",
        "solarize   | -0.1 | 1   | ABSOLUTE | \"min\": -0.1, allowed: 0 to 1",
        "brightness | -1   | 1   | ABSOLUTE | \"min\": -1.0, allowed: at least 0",
        "cutout     | -1   | 0.5 | WIDTH    | \"min\": -1.0, allowed: at least 0",
        "randblend  | 0    | 1.5 | ABSOLUTE | \"max\": 1.5, allowed: 0 to 1"
      })
  void a_range_beyond_the_allowed_values_is_refused(
      String function, double min, double max, Unit unit, String message) {
    MagnitudeRange range = MagnitudeRange.direct(min, max).in(unit);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NamedTransform("It", Transforms.named(function), range))
        .withMessage(message);
  }
}
