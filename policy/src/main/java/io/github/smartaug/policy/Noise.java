package io.github.smartaug.policy;

/**
 * Random numbers for every pixel: each is a hash of the image's seed and its place, the same as the
 * library's.
 */
final class Noise {
  private Noise() {}

  /** Uniform in [0,1), at a place in [C,H,W]. */
  static float uniform(long seed, int place) {
    return (bits(seed, place) >>> 8) * 0x1p-24f;
  }

  /** 32 random bits (Wellons, "Prospecting for hash functions", 2018, twice). */
  private static int bits(long seed, int place) {
    return mixed(mixed(place + (int) seed) ^ (int) (seed >>> 32));
  }

  private static int mixed(int bits) {
    int mixed = (bits ^ (bits >>> 16)) * 0x7feb352d;
    mixed = (mixed ^ (mixed >>> 15)) * 0x846ca68b;
    return mixed ^ (mixed >>> 16);
  }

  /** Blends with uniform noise, by its share. */
  static void blend(Planes image, float share, long seed) {
    float[] pixels = image.pixels;
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Blends.clamped(lerp(pixels[i], uniform(seed, i), share));
    }
  }

  /** As libtorch's function of the name, exact at both ends. */
  static float lerp(float start, float end, float weight) {
    return weight < 0.5f
        ? Math.fma(weight, end - start, start)
        : Math.fma(weight - 1, end - start, end);
  }

  /** Adds normal noise of a deviation (Box and Muller, 1958). */
  static void normal(Planes image, float deviation, long seed) {
    float[] pixels = image.pixels;
    int pairs = (pixels.length + 1) / 2;
    for (int i = 0; i < pairs; i++) {
      float radius = (float) Math.sqrt(-2 * Math.log(aboveZero(seed, i)));
      float angle = aboveZero(seed, pairs + i) * (float) (2 * Math.PI);
      pixels[i] = noisy(pixels[i], radius * (float) Math.cos(angle), deviation);
      if (pairs + i < pixels.length) {
        pixels[pairs + i] = noisy(pixels[pairs + i], radius * (float) Math.sin(angle), deviation);
      }
    }
  }

  private static float noisy(float pixel, float noise, float deviation) {
    return Blends.clamped(Math.fma(noise, deviation, pixel));
  }

  /** Uniform in (0,1]. */
  private static float aboveZero(long seed, int place) {
    return ((bits(seed, place) & 0xFFFFFFFFL) + 1) * 0x1p-32f;
  }
}
