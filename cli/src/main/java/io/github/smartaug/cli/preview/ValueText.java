package io.github.smartaug.cli.preview;

import io.github.smartaug.transform.MagnitudeRange;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.ValueCoefficients;
import io.github.smartaug.transform.ValueUnit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Values of transforms as short text, with their units. */
final class ValueText {
  private static final int DIGITS = 3;
  private static final int DECIMALS = 3;

  private ValueText() {}

  /** Such as {@code 22.5°}, {@code -14 px}, {@code 1.9×}. */
  static String of(double value, ValueUnit unit) {
    return number(value) + unit.suffix();
  }

  /** At most three digits that count, and no more than three decimals. */
  static String number(double value) {
    BigDecimal rounded =
        new BigDecimal(value)
            .round(new MathContext(DIGITS, RoundingMode.HALF_UP))
            .setScale(DECIMALS, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  /** A number from 0 to 1 above a column. */
  static String head(double fraction) {
    return number(Math.rint(100 * fraction) / 100);
  }

  /** The values that a magnitude can give, for images of one size, with their unit in words. */
  static String range(NamedTransform named, ValueCoefficients coefficients, double magnitude) {
    ValueUnit unit = named.transform().unit();
    String text =
        range(coefficients.value(magnitude, 0), coefficients.value(magnitude, 1), unit.suffix());
    return unit.suffix().isEmpty() ? (text + " " + unit.words()).strip() : text;
  }

  /** What a range that follows the image's size is relative to; empty for others. */
  static String relation(NamedTransform named) {
    if (!(named.mapping() instanceof MagnitudeRange range)) {
      return "";
    }
    String ends = range(range.min(), range.max(), "");
    return switch (range.unit()) {
      case ABSOLUTE -> "";
      case WIDTH -> ends + " of the width";
      case HEIGHT -> ends + " of the height";
      case LARGER_SIDE -> ends + " of the longer side";
    };
  }

  private static String range(double one, double other, String suffix) {
    double low = Math.min(one, other);
    double high = Math.max(one, other);
    return low == -high && high > 0
        ? "\u00b1" + number(high) + suffix
        : number(low) + " to " + number(high) + suffix;
  }
}
