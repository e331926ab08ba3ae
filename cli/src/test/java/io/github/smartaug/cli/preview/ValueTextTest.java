package io.github.smartaug.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.transform.MagnitudeRange;
import io.github.smartaug.transform.MagnitudeRange.Unit;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.Transforms;
import io.github.smartaug.transform.ValueCoefficients;
import io.github.smartaug.transform.ValueUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "1.9, 1.9",
    "22.5, 22.5",
    "146.25, 146",
    "0.00390625, 0.004",
    "-14, -14",
    "-0.0001, 0",
    "5.333333, 5.33"
  })
  void numbers_have_three_digits(double value, String text) {
    assertThat(ValueText.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"DEGREES, 5°", "PIXELS, 5 px", "FACTOR, 5×", "BITS, 5 bits", "LEVEL, 5"})
  void values_have_the_unit_of_their_transform(ValueUnit unit, String text) {
    assertThat(ValueText.of(5, unit)).isEqualTo(text);
  }

  @Test
  void a_range_that_follows_the_image_is_told_in_pixels_and_as_a_part_of_it() {
    NamedTransform move =
        new NamedTransform(
            "Move", Transforms.named("translate-x"), MagnitudeRange.symmetric(0.25).in(Unit.WIDTH));
    ValueCoefficients coefficients = move.mapping().coefficients(10, 40);

    assertThat(ValueText.range(move, coefficients, 1)).isEqualTo("±10 px");
    assertThat(ValueText.range(move, coefficients, 0.5)).isEqualTo("±5 px");
    assertThat(ValueText.relation(move)).isEqualTo("±0.25 of the width");
  }

  @Test
  void the_strongest_draw_is_at_the_end_that_the_magnitude_moves() {
    assertThat(SetSheet.strongestDraw(MagnitudeRange.symmetric(3).coefficients(1, 1))).isEqualTo(1);
    assertThat(SetSheet.strongestDraw(MagnitudeRange.direct(1, 2).coefficients(1, 1))).isEqualTo(1);
    assertThat(SetSheet.strongestDraw(MagnitudeRange.inverse(1, 2).coefficients(1, 1)))
        .isEqualTo(0);
  }
}
