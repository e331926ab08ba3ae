package io.github.smartaug.cli.console;

import io.github.smartaug.transform.MagnitudeRange;
import io.github.smartaug.transform.MagnitudeRange.Unit;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.ValueCoefficients;
import io.github.smartaug.transform.ValueMapping;
import io.github.smartaug.transform.ValueUnit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.DoubleUnaryOperator;

/** Values of transforms as short text, with their units. */
public final class ValueText {
  private static final int DIGITS = 3;
  private static final int DECIMALS = 3;

  private ValueText() {}

  /** Such as {@code 22.5°}, {@code -14 px}, {@code 1.9×}. */
  public static String of(double value, ValueUnit unit) {
    return number(value) + unit.suffix();
  }

  /** At most three digits that count, and no more than three decimals. */
  public static String number(double value) {
    BigDecimal rounded =
        new BigDecimal(value)
            .round(new MathContext(DIGITS, RoundingMode.HALF_UP))
            .setScale(DECIMALS, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  /** A number from 0 to 1 above a column. */
  public static String head(double fraction) {
    return number(Math.rint(100 * fraction) / 100);
  }

  /** The values that a magnitude can give, for images of one size, with their unit in words. */
  public static String range(
      NamedTransform named, ValueCoefficients coefficients, double magnitude) {
    ValueUnit unit = named.transform().unit();
    String text =
        range(coefficients.value(magnitude, 0), coefficients.value(magnitude, 1), unit.suffix());
    return unit.suffix().isEmpty() ? (text + " " + unit.words()).strip() : text;
  }

  /** The same as a part of what the range is relative to; empty for ranges that are not. */
  public static String relation(NamedTransform named, double magnitude) {
    if (!(named.mapping() instanceof MagnitudeRange range) || range.unit() == Unit.ABSOLUTE) {
      return "";
    }
    ValueCoefficients parts = relative(range);
    return range(100 * parts.value(magnitude, 0), 100 * parts.value(magnitude, 1), " %")
        + " "
        + whole(range.unit());
  }

  private static String whole(Unit unit) {
    return switch (unit) {
      case ABSOLUTE -> "";
      case WIDTH -> "of the width";
      case HEIGHT -> "of the height";
      case LARGER_SIDE -> "of the longer side";
    };
  }

  /**
   * The values that a magnitude can give, whatever the size of the images, in letters and digits
   * that every terminal has: {@code -97.2 to 97.2 degrees}, {@code 0 to 27 % of the width}.
   */
  static String strength(NamedTransform named, double magnitude) {
    ValueMapping mapping = named.mapping();
    if (mapping instanceof MagnitudeRange range && range.unit() != Unit.ABSOLUTE) {
      return words(relative(range), magnitude, part -> 100 * part, "% " + whole(range.unit()));
    }
    ValueCoefficients values = mapping.coefficients(1, 1);
    if (!values.equals(mapping.coefficients(2, 3))) {
      return "depends on the size of the image";
    }
    ValueUnit unit = named.transform().unit();
    return switch (unit) {
      case SLOPE -> words(values, magnitude, slope -> Math.toDegrees(Math.atan(slope)), "degrees");
      case SHARE, LEVEL -> words(values, magnitude, part -> 100 * part, "% " + unit.words());
      default -> words(values, magnitude, value -> value, unit.words());
    };
  }

  private static String words(
      ValueCoefficients values, double magnitude, DoubleUnaryOperator shown, String unit) {
    double one = shown.applyAsDouble(values.value(magnitude, 0));
    double other = shown.applyAsDouble(values.value(magnitude, 1));
    return (number(Math.min(one, other)) + " to " + number(Math.max(one, other)) + " " + unit)
        .strip();
  }

  /** Values as parts of what the range is relative to. */
  private static ValueCoefficients relative(MagnitudeRange range) {
    return range.in(Unit.ABSOLUTE).coefficients(1, 1);
  }

  private static String range(double one, double other, String suffix) {
    double low = Math.min(one, other);
    double high = Math.max(one, other);
    return low == -high && high > 0
        ? "\u00b1" + number(high) + suffix
        : number(low) + " to " + number(high) + suffix;
  }
}
