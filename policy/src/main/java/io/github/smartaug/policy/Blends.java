package io.github.smartaug.policy;

/**
 * Blends with a base: {@code clamp(factor * image + (1 - factor) * base)}. A factor of 0 gives the
 * base, 1 the image.
 */
final class Blends {
  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private Blends() {}

  /** With black. */
  static void brightness(Planes image, float factor) {
    float[] pixels = image.pixels;
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = clamped(pixels[i] * factor);
    }
  }

  /** With the mean of the grey image. */
  static void contrast(Planes image, float factor) {
    float share = greyMean(image) * (1 - factor);
    float[] pixels = image.pixels;
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = clamped(pixels[i] * factor + share);
    }
  }

  private static float greyMean(Planes image) {
    if (image.channels == 1) {
      return mean(image, 0);
    }
    float redAndGreen = Math.fma(GREEN, mean(image, 1), RED * mean(image, 0));
    return Math.fma(BLUE, mean(image, 2), redAndGreen);
  }

  private static float mean(Planes image, int channel) {
    int area = image.area();
    // Several sums, which do not wait for each other.
    int end = (channel + 1) * area;
    int i = channel * area;
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (; i + 3 < end; i += 4) {
      a += image.pixels[i];
      b += image.pixels[i + 1];
      c += image.pixels[i + 2];
      d += image.pixels[i + 3];
    }
    for (; i < end; i++) {
      a += image.pixels[i];
    }
    return (float) ((a + b + (c + d)) / area);
  }

  /** With the grey image; a grey one stays as it is. */
  static void color(Planes image, float factor) {
    if (image.channels == 1) {
      return;
    }
    float[] pixels = image.pixels;
    float[] grey = image.spare();
    int area = image.area();
    for (int i = 0; i < area; i++) {
      float redAndGreen = Math.fma(GREEN, pixels[area + i], RED * pixels[i]);
      grey[i] = Math.fma(BLUE, pixels[2 * area + i], redAndGreen);
    }
    for (int start = 0; start < pixels.length; start += area) {
      blend(pixels, start, grey, area, factor);
    }
  }

  /** With the image smoothed by 1 1 1 / 1 5 1 / 1 1 1 over 13, mirrored at the border. */
  static void sharpness(Planes image, float factor) {
    int width = image.width;
    int height = image.height;
    float[] pixels = image.pixels;
    float[] sums = image.spare();
    for (int start = 0; start < pixels.length; start += width) {
      sumOfThree(pixels, sums, start, width);
    }
    float[] smooth = new float[image.area()];
    for (int channel = 0; channel < image.channels; channel++) {
      int plane = channel * image.area();
      for (int y = 0; y < height; y++) {
        int above = plane + (y > 0 ? y - 1 : Math.min(1, height - 1)) * width;
        int row = plane + y * width;
        int below = plane + (y < height - 1 ? y + 1 : Math.max(0, height - 2)) * width;
        for (int x = 0; x < width; x++) {
          float box = sums[above + x] + sums[row + x] + sums[below + x];
          smooth[row - plane + x] = Math.fma(4, pixels[row + x], box) * (1 / 13f);
        }
      }
      blend(pixels, plane, smooth, image.area(), factor);
    }
  }

  /** Each pixel of a row with its two neighbours. */
  private static void sumOfThree(float[] pixels, float[] sums, int start, int width) {
    int last = start + width - 1;
    float besideFirst = pixels[Math.min(start + 1, last)];
    float besideLast = pixels[Math.max(start, last - 1)];
    sums[start] = besideFirst + pixels[start] + besideFirst;
    for (int i = start + 1; i < last; i++) {
      sums[i] = pixels[i - 1] + pixels[i] + pixels[i + 1];
    }
    sums[last] = besideLast + pixels[last] + besideLast;
  }

  /** In the form that is exactly the image at factor 1. */
  private static void blend(float[] pixels, int start, float[] base, int count, float factor) {
    // Weights of the difference and of what it is added to, for either form.
    boolean fromBase = Math.abs(factor) < 0.5f;
    float weight = fromBase ? factor : factor - 1;
    float[] ends = fromBase ? base : pixels;
    int endStart = fromBase ? 0 : start;
    for (int i = 0; i < count; i++) {
      float value = Math.fma(weight, pixels[start + i] - base[i], ends[endStart + i]);
      pixels[start + i] = value;
    }
    for (int i = start; i < start + count; i++) {
      pixels[i] = clamped(pixels[i]);
    }
  }

  /** Into [0,1]. */
  static float clamped(float value) {
    return Math.min(1, Math.max(0, value));
  }
}
