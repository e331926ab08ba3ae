package io.github.smartaug.policy;

/** Rectangles that are cut out or filled with noise. */
final class Holes {
  private static final double LARGEST_RATIO = 1 / 0.3;

  /** How much of a pixel at the edge counts. */
  enum Edge {
    /** All of it if its centre is inside, else nothing. */
    HARD,
    /** As much as is covered. */
    SOFT
  }

  private Holes() {}

  /** A black square of that side, its centre anywhere in the image. */
  static void cutout(Planes image, float side, long seed, Edge edge) {
    DrawStream draws = DrawStream.seeded(seed);
    float x = (float) draws.nextDouble() * image.width;
    float y = (float) draws.nextDouble() * image.height;
    float[] columns = covered(image.width, x - side / 2, x + side / 2, edge);
    float[] rows = covered(image.height, y - side / 2, y + side / 2, edge);
    for (int y0 = 0; y0 < image.height * image.channels; y0++) {
      float row = rows[y0 % image.height];
      if (row > 0) {
        int start = y0 * image.width;
        for (int x0 = 0; x0 < columns.length; x0++) {
          image.pixels[start + x0] *= 1 - row * columns[x0];
        }
      }
    }
  }

  /** A rectangle of noise, of the area of a square of that side, inside the image. */
  static void erase(Planes image, float side, long seed, Edge edge) {
    DrawStream draws = DrawStream.seeded(seed);
    float acrossX = (float) draws.nextDouble();
    float acrossY = (float) draws.nextDouble();
    float exponent = (float) draws.nextDouble() - 0.5f;
    float stretch = (float) Math.exp(exponent * (float) Math.log(LARGEST_RATIO));
    float[] columns = inside(image.width, side * stretch, acrossX, edge);
    float[] rows = inside(image.height, side / stretch, acrossY, edge);
    for (int y = 0; y < image.height * image.channels; y++) {
      float row = rows[y % image.height];
      for (int x = 0; x < columns.length; x++) {
        float mask = row * columns[x];
        if (mask > 0) {
          int i = y * image.width + x;
          image.pixels[i] = Noise.lerp(image.pixels[i], Noise.uniform(seed, i), mask);
        }
      }
    }
  }

  /** An interval of that length, or the longest that fits, at that part of the way across. */
  private static float[] inside(int size, float length, float part, Edge edge) {
    float fitting = Math.min(size, Math.max(0, length));
    float start = (size - fitting) * part;
    return covered(size, start, start + fitting, edge);
  }

  /** How much of each pixel an interval covers; pixel i reaches from i to i + 1. */
  private static float[] covered(int size, float start, float end, Edge edge) {
    float[] covered = new float[size];
    for (int i = 0; i < size; i++) {
      float centre = i + 0.5f;
      covered[i] =
          switch (edge) {
            case HARD -> centre >= start && centre < end ? 1 : 0;
            case SOFT -> Math.max(0, Math.min(i + 1, end) - Math.max(i, start));
          };
    }
    return covered;
  }
}
