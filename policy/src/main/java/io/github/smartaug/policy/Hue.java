package io.github.smartaug.policy;

/** Turns of the hue in HSV, saturation and value kept. */
final class Hue {
  private static final float SIXTHS = 6;

  private Hue() {}

  /** By turns of the colour circle; a grey image stays as it is. */
  static void turn(Planes image, float turns) {
    if (image.channels == 1) {
      return;
    }
    float[] pixels = image.pixels;
    int area = image.area();
    for (int i = 0; i < area; i++) {
      float red = pixels[i];
      float green = pixels[area + i];
      float blue = pixels[2 * area + i];
      float largest = Math.max(red, Math.max(green, blue));
      float chroma = largest - Math.min(red, Math.min(green, blue));
      if (chroma > 0) {
        float hue = Math.fma(turns, SIXTHS, hue(red, green, blue, largest, chroma));
        pixels[i] = largest - chroma * absent(hue + 5);
        pixels[area + i] = largest - chroma * absent(hue + 3);
        pixels[2 * area + i] = largest - chroma * absent(hue + 1);
      }
    }
  }

  /** In sixths of a turn. */
  private static float hue(float red, float green, float blue, float largest, float chroma) {
    if (red == largest) {
      return (green - blue) / chroma;
    }
    return green == largest ? (blue - red) / chroma + 2 : (red - green) / chroma + 4;
  }

  /** The part of the chroma that a colour lacks at a phase. */
  private static float absent(float phase) {
    float place = phase - SIXTHS * (float) Math.floor(phase / SIXTHS);
    return Blends.clamped(Math.min(place, 4 - place));
  }
}
