package io.github.smartaug.policy;

/** Transforms of each level by itself, among them those that count the 256 levels of bytes. */
final class Levels {
  private static final int COUNT = 256;
  private static final int WHITE = COUNT - 1;

  /** How far a number may be from the level that it stands for. */
  private static final double TOLERANCE = 0x1p-16;

  private static final float TO_NEAREST = (float) (0.5 / WHITE + TOLERANCE);
  private static final float ONE_LEVEL = (float) (1.0 / WHITE - 2 * TOLERANCE);
  private static final int BITS = 8;

  /** A difference of pixels times this is at least 1, unless it is 0. */
  private static final float STEEP = 0x1p100f;

  private Levels() {}

  static void invert(Planes image) {
    float[] pixels = image.pixels;
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 1 - pixels[i];
    }
  }

  /** Keeps the highest bits of each level. */
  static void posterize(Planes image, float bits) {
    int kept = Math.max(0, Math.min(BITS, (int) bits));
    float step = 1 << (BITS - kept);
    float perStep = WHITE / step;
    float tolerance = (float) TOLERANCE;
    float[] pixels = image.pixels;
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = step * (int) ((pixels[i] + tolerance) * perStep) / WHITE;
    }
  }

  /** Inverts what is brighter than a threshold. */
  static void solarize(Planes image, float threshold) {
    float limit = threshold + (float) TOLERANCE;
    float[] pixels = image.pixels;
    for (int i = 0; i < pixels.length; i++) {
      // 0 or 1, without a branch that nobody could foretell.
      float above = Blends.clamped((pixels[i] - limit) * STEEP);
      pixels[i] = above + pixels[i] * (1 - 2 * above);
    }
  }

  /** Stretches each channel to the whole range, unless it is flat. */
  static void autoContrast(Planes image) {
    int area = image.area();
    for (int start = 0; start < image.pixels.length; start += area) {
      stretch(image.pixels, start, start + area);
    }
  }

  private static void stretch(float[] pixels, int start, int end) {
    float darkest = pixels[start];
    float brightest = darkest;
    for (int i = start; i < end; i++) {
      float pixel = pixels[i];
      if (pixel < darkest) {
        darkest = pixel;
      } else if (pixel > brightest) {
        brightest = pixel;
      }
    }
    float spread = brightest - darkest;
    if (spread < ONE_LEVEL) {
      return;
    }
    for (int i = start; i < end; i++) {
      pixels[i] = (pixels[i] - darkest) / spread;
    }
  }

  /** Gives each channel a histogram as flat as its levels allow. */
  static void equalize(Planes image) {
    int area = image.area();
    int[] levels = new int[area];
    for (int start = 0; start < image.pixels.length; start += area) {
      int[] histogram = new int[COUNT];
      for (int i = 0; i < area; i++) {
        int level = Math.min(WHITE, (int) ((image.pixels[start + i] + TO_NEAREST) * WHITE));
        levels[i] = level;
        histogram[level]++;
      }
      float[] table = equalized(histogram, area);
      if (table.length > 0) {
        for (int i = 0; i < area; i++) {
          image.pixels[start + i] = table[levels[i]];
        }
      }
    }
  }

  /** The new value of each level; none if they stay. */
  private static float[] equalized(int[] histogram, int area) {
    int brightest = WHITE;
    while (histogram[brightest] == 0) {
      brightest--;
    }
    int step = (area - histogram[brightest]) / WHITE;
    if (step == 0) {
      return new float[0];
    }
    float[] table = new float[COUNT];
    int darker = 0;
    for (int level = 0; level < COUNT; level++) {
      table[level] = Math.min(WHITE, (darker + step / 2) / step) / (float) WHITE;
      darker += histogram[level];
    }
    return table;
  }
}
