package io.github.smartaug.cli.console;

import static io.github.smartaug.transform.MagnitudeRange.direct;
import static io.github.smartaug.transform.MagnitudeRange.inverse;
import static io.github.smartaug.transform.MagnitudeRange.symmetric;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.transform.MagnitudeRange.Unit;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.Transforms;
import io.github.smartaug.transform.ValueCoefficients;
import io.github.smartaug.transform.ValueMapping;
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
        new NamedTransform("Move", Transforms.named("translate-x"), symmetric(0.25).in(Unit.WIDTH));
    ValueCoefficients coefficients = move.mapping().coefficients(10, 40);

    assertThat(ValueText.range(move, coefficients, 1)).isEqualTo("±10 px");
    assertThat(ValueText.range(move, coefficients, 0.5)).isEqualTo("±5 px");
    assertThat(ValueText.relation(move, 1)).isEqualTo("±25 % of the width");
    assertThat(ValueText.relation(move, 0.5)).isEqualTo("±12.5 % of the width");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rotate | -97.2 to 97.2 degrees",
        "translate | -27 to 27 % of the width",
        "cutout | 0 to 27 % of the longer side",
        "contrast | 0.514 to 1 times",
        "posterize | 5.84 to 8 bits",
        "hue | 0 to 0.54 turns",
        "shear-x | -28.4 to 28.4 degrees",
        "solarize | 46 to 100 % of white",
        "blur | 0 to 1.08 pixels"
      })
  void a_magnitude_is_told_in_the_unit_of_its_transform(String transform, String text) {
    assertThat(ValueText.strength(named(transform), 0.54)).isEqualTo(text);
  }

  @Test
  void a_mapping_that_follows_the_image_in_its_own_way_is_not_told_in_numbers() {
    ValueMapping mapping = (height, width) -> new ValueCoefficients(0, width, 0, 0);
    NamedTransform own = new NamedTransform("Own", Transforms.named("translate-x"), mapping);

    assertThat(ValueText.strength(own, 0.5)).isEqualTo("depends on the size of the image");
  }

  private static NamedTransform named(String transform) {
    return switch (transform) {
      case "rotate" -> new NamedTransform("R", Transforms.named("rotate"), symmetric(180));
      case "translate" ->
          new NamedTransform("T", Transforms.named("translate-x"), symmetric(0.5).in(Unit.WIDTH));
      case "cutout" ->
          new NamedTransform("C", Transforms.named("cutout"), direct(0, 0.5).in(Unit.LARGER_SIDE));
      case "contrast" -> new NamedTransform("-", Transforms.named("contrast"), inverse(0.1, 1));
      case "shear-x" -> new NamedTransform("S", Transforms.named(transform), symmetric(1));
      case "solarize" -> new NamedTransform("S", Transforms.named(transform), inverse(0, 1));
      case "blur" -> new NamedTransform("B", Transforms.named(transform), direct(0, 2));
      case "posterize" -> new NamedTransform("P", Transforms.named("posterize"), inverse(4, 8));
      default -> new NamedTransform("H", Transforms.named(transform), direct(0, 1));
    };
  }
}
