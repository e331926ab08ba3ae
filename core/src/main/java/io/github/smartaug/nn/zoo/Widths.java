package io.github.smartaug.nn.zoo;

/** Numbers of channels of networks that are scaled. */
final class Widths {
  private static final int DIVISOR = 8;

  private Widths() {}

  /** The nearest multiple of 8, at least 8, but not less than nine tenths of the number. */
  static int rounded(double channels) {
    int nearest = Math.max(DIVISOR, (int) (channels + DIVISOR / 2.0) / DIVISOR * DIVISOR);
    return nearest < 0.9 * channels ? nearest + DIVISOR : nearest;
  }
}
