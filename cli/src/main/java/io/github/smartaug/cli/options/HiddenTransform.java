package io.github.smartaug.cli.options;

import io.github.smartaug.input.InputRange;

/** The values of {@code datasets make-shift --transform}. */
public enum HiddenTransform {
  /** Turned by up to so many degrees, either way. */
  ROTATE(180),
  /** Moved by up to so many pixels, along both axes. */
  TRANSLATE(1000),
  /** Upside down, half of the images. */
  FLIP(0),
  /** Left and right exchanged, half of the images. */
  FLIP_LR(0),
  /** Brightness times 1 - A to 1 + A. */
  BRIGHTNESS(1),
  /** Contrast times 1 - A to 1 + A. */
  CONTRAST(1),
  /** Blurred by a standard deviation of up to so many pixels. */
  BLUR(20),
  /** With noise of a standard deviation of up to A, of a range of 1. */
  NOISE(1),
  /** As they are. */
  NONE(0);

  private final double largest;

  HiddenTransform(double largest) {
    this.largest = largest;
  }

  /**
   * Checks an amount.
   *
   * @param amount null if none was given
   * @throws IllegalArgumentException if it is missing, not needed, or out of its range
   */
  void check(Double amount) {
    boolean takesOne = largest > 0;
    if (takesOne != (amount != null)) {
      throw new IllegalArgumentException(
          "--amount: "
              + (takesOne ? "missing" : "given")
              + ", allowed with --transform "
              + this
              + ": "
              + (takesOne ? "a number above 0" : "none"));
    }
    if (takesOne) {
      InputRange.positive("--amount", amount);
      InputRange.within(0, largest, "--amount", amount);
    }
  }

  /** The word of the command line. */
  @Override
  public String toString() {
    return OptionConverters.of(this);
  }
}
