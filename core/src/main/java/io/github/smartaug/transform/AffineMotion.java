package io.github.smartaug.transform;

/**
 * Where the pixels of an image go: {@code (xx x + xy y + x0, yx x + yy y + y0)}, pixel centres on
 * integers.
 */
record AffineMotion(double xx, double xy, double x0, double yx, double yy, double y0) {
  /**
   * The motion whose inverse is given.
   *
   * @param inverse from output to source, two rows of three, at {@code offset}
   */
  static AffineMotion fromInverse(double[] inverse, int offset) {
    double a = inverse[offset];
    double b = inverse[offset + 1];
    double c = inverse[offset + 2];
    double d = inverse[offset + 3];
    double e = inverse[offset + 4];
    double f = inverse[offset + 5];
    double determinant = a * e - b * d;
    return new AffineMotion(
        e / determinant,
        -b / determinant,
        (b * f - c * e) / determinant,
        -d / determinant,
        a / determinant,
        (c * d - a * f) / determinant);
  }

  double x(double x, double y) {
    return xx * x + xy * y + x0;
  }

  double y(double x, double y) {
    return yx * x + yy * y + y0;
  }
}
