package io.github.smartaug.policy;

/**
 * Where each output pixel comes from: {@code (xx x + xy y + x0, yx x + yy y + y0)}, pixel centres
 * on integers. In single precision, as the library has it.
 */
record AffineMatrix(float xx, float xy, float x0, float yx, float yy, float y0) {
  static final AffineMatrix IDENTITY = new AffineMatrix(1, 0, 0, 0, 1, 0);

  private static final float RADIANS_PER_DEGREE = (float) (Math.PI / 180);

  /** By degrees, counter-clockwise as seen, about the image's centre. */
  static AffineMatrix rotation(float degrees, int height, int width) {
    float x = (width - 1) / 2f;
    float y = (height - 1) / 2f;
    float radians = degrees * RADIANS_PER_DEGREE;
    float cos = (float) Math.cos(radians);
    float sin = (float) Math.sin(radians);
    return new AffineMatrix(
        cos,
        -sin,
        Math.fma(sin, y, Math.fma(cos, -x, x)),
        sin,
        cos,
        Math.fma(sin, -x, Math.fma(cos, -y, y)));
  }

  /** First this motion of an image, then another one. */
  AffineMatrix then(AffineMatrix next) {
    return new AffineMatrix(
        xx * next.xx + xy * next.yx,
        xx * next.xy + xy * next.yy,
        xx * next.x0 + xy * next.y0 + x0,
        yx * next.xx + yy * next.yx,
        yx * next.xy + yy * next.yy,
        yx * next.x0 + yy * next.y0 + y0);
  }
}
