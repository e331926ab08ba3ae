package io.github.smartaug.policy;

/** Gaussian blur, whose weights sum to 1 over the pixels inside the image. */
final class Blur {
  private static final double SMALLEST_TWICE_VARIANCE = 1e-12;

  /** Pixels further away than this many deviations weigh less than rounding does. */
  private static final double REACH = 6;

  private Blur() {}

  static void gaussian(Planes image, float deviation) {
    double twiceVariance = 2.0 * deviation * deviation + SMALLEST_TWICE_VARIANCE;
    float[] alongRows = weights(image.width, deviation, twiceVariance);
    float[] alongColumns = weights(image.height, deviation, twiceVariance);
    int width = image.width;
    if (alongRows.length > 1) {
      float[] shares = shares(width, alongRows);
      for (int start = 0; start < image.pixels.length; start += width) {
        blurRow(image.pixels, image.spare(), start, alongRows, shares);
      }
      image.swap();
    }
    if (alongColumns.length > 1) {
      float[] shares = shares(image.height, alongColumns);
      for (int y = 0; y < image.height * image.channels; y++) {
        int plane = y / image.height * image.height;
        blurColumns(image, plane, y - plane, alongColumns, shares[y - plane]);
      }
      image.swap();
    }
  }

  /** Of the pixel itself, of its neighbours, of theirs, and so on; relative to the first. */
  private static float[] weights(int size, double deviation, double twiceVariance) {
    int reach = (int) Math.min(size - 1.0, Math.ceil(REACH * deviation));
    float[] weights = new float[reach + 1];
    for (int d = 0; d <= reach; d++) {
      weights[d] = (float) Math.exp(-d * (double) d / twiceVariance);
    }
    return weights;
  }

  /** One over the sum of the weights that fall inside the image. */
  private static float[] shares(int size, float[] weights) {
    float[] shares = new float[size];
    for (int i = 0; i < size; i++) {
      double sum = weights[0];
      for (int d = 1; d < weights.length; d++) {
        sum += (i - d >= 0 ? weights[d] : 0) + (i + d < size ? weights[d] : 0);
      }
      shares[i] = (float) (1 / sum);
    }
    return shares;
  }

  private static void blurRow(
      float[] from, float[] to, int start, float[] weights, float[] shares) {
    int width = shares.length;
    for (int x = 0; x < width; x++) {
      to[start + x] = from[start + x];
    }
    for (int d = 1; d < weights.length; d++) {
      float weight = weights[d];
      for (int x = 0; x < width - d; x++) {
        to[start + x] += weight * from[start + x + d];
      }
      for (int x = d; x < width; x++) {
        to[start + x] += weight * from[start + x - d];
      }
    }
    for (int x = 0; x < width; x++) {
      to[start + x] = Blends.clamped(to[start + x] * shares[x]);
    }
  }

  /** One row of the result, from those above and below it. */
  private static void blurColumns(Planes image, int plane, int y, float[] weights, float share) {
    int width = image.width;
    float[] from = image.pixels;
    float[] to = image.spare();
    int start = (plane + y) * width;
    for (int x = 0; x < width; x++) {
      to[start + x] = from[start + x];
    }
    for (int d = 1; d < weights.length; d++) {
      if (y - d >= 0) {
        add(from, start - d * width, to, start, width, weights[d]);
      }
      if (y + d < image.height) {
        add(from, start + d * width, to, start, width, weights[d]);
      }
    }
    for (int x = 0; x < width; x++) {
      to[start + x] = Blends.clamped(to[start + x] * share);
    }
  }

  private static void add(
      float[] from, int fromStart, float[] to, int toStart, int count, float weight) {
    for (int x = 0; x < count; x++) {
      to[toStart + x] += weight * from[fromStart + x];
    }
  }
}
