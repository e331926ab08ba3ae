package io.github.smartaug.policy;

/**
 * The source column (or row) of output pixel (x, y), as a function of both that never falls or
 * never rises along a row, rounding included.
 *
 * @param perColumn slope along x, on a scale on which the image reaches from -1 to 1
 * @param perRow slope along y
 * @param start where x and y are 0
 * @param row y
 * @param half of the image's size
 */
record PlaceFunction(float perColumn, float perRow, float start, float row, float half) {
  /** The function of a row of an {@link AffineMatrix}. */
  static PlaceFunction of(float perColumn, float perRow, float start, int size) {
    float scale = 2f / size;
    float shift = (float) (1.0 / size - 1);
    return new PlaceFunction(
        perColumn * scale, perRow * scale, Math.fma(start, scale, shift), 0, size / 2f);
  }

  /** The same in another row. */
  PlaceFunction atRow(int y) {
    return new PlaceFunction(perColumn, perRow, start, y, half);
  }

  /** The source of a pixel of the row. */
  float at(int x) {
    return Math.fma(Math.fma(perRow, row, perColumn * x) + start + 1, half, -0.5f);
  }

  /**
   * The stretch of a row whose sources are in {@code [0, end)}: from its first pixel, to one after
   * the last, both in {@code [0, width]}.
   */
  int[] inside(int end, int width) {
    double slope = (double) at(width) - at(0);
    int first = 0;
    int last = width;
    if (slope != 0) {
      double one = -at(0) * (width / slope);
      double other = (end - at(0)) * (width / slope);
      first = (int) Math.max(0, Math.min(width, Math.ceil(Math.min(one, other))));
      last = (int) Math.max(first, Math.min(width, Math.ceil(Math.max(one, other))));
    }
    while (first < last && !isInside(first, end)) {
      first++;
    }
    while (last > first && !isInside(last - 1, end)) {
      last--;
    }
    return new int[] {first, last};
  }

  private boolean isInside(int x, int end) {
    float place = at(x);
    return place >= 0 && place < end;
  }
}
