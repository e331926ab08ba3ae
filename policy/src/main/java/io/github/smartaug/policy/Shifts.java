package io.github.smartaug.policy;

import java.util.Arrays;

/** Transforms that move pixels to the places of others: nothing is read between pixels. */
final class Shifts {
  private static final int BLACK = -1;

  private Shifts() {}

  /** Left becomes right. */
  static void mirrorColumns(Planes image) {
    float[] pixels = image.pixels;
    for (int start = 0; start < pixels.length; start += image.width) {
      int last = start + image.width - 1;
      for (int x = 0; x < image.width / 2; x++) {
        float left = pixels[start + x];
        pixels[start + x] = pixels[last - x];
        pixels[last - x] = left;
      }
    }
  }

  /** Top becomes bottom. */
  static void mirrorRows(Planes image) {
    int[] sources = new int[image.height];
    for (int y = 0; y < sources.length; y++) {
      sources[y] = sources.length - 1 - y;
    }
    moveRows(image, sources);
  }

  /** Moves by whole pixels, drawn from -padding to padding along each axis. */
  static void crop(Planes image, float padding, long seed, Sampling.Border border) {
    DrawStream draws = DrawStream.seeded(seed);
    long right = shift(padding, (float) draws.nextDouble());
    long down = shift(padding, (float) draws.nextDouble());
    moveRows(image, sources(image.height, down, border));
    moveColumns(image, sources(image.width, right, border));
  }

  private static long shift(float value, float uniform) {
    float padding = Math.max(0, (float) Math.rint(value));
    float count = padding * 2 + 1;
    float shift = (float) Math.floor(uniform * count) - padding;
    return (long) Math.min(shift, padding);
  }

  private static int[] sources(int size, long shift, Sampling.Border border) {
    int[] sources = new int[size];
    for (int i = 0; i < size; i++) {
      sources[i] = source(i - shift, size, border);
    }
    return sources;
  }

  private static int source(long place, int size, Sampling.Border border) {
    return switch (border) {
      case ZEROS -> place >= 0 && place < size ? (int) place : BLACK;
      case EDGE -> (int) Math.max(0, Math.min(size - 1, place));
      case REFLECTION -> {
        long forwards = Math.floorMod(place, 2L * size);
        yield (int) Math.min(forwards, 2L * size - 1 - forwards);
      }
    };
  }

  private static void moveRows(Planes image, int[] sources) {
    int width = image.width;
    float[] to = image.spare();
    for (int channel = 0; channel < image.channels; channel++) {
      int plane = channel * image.area();
      for (int y = 0; y < sources.length; y++) {
        int start = plane + y * width;
        if (sources[y] == BLACK) {
          Arrays.fill(to, start, start + width, 0);
        } else {
          System.arraycopy(image.pixels, plane + sources[y] * width, to, start, width);
        }
      }
    }
    image.swap();
  }

  private static void moveColumns(Planes image, int[] sources) {
    float[] from = image.pixels;
    float[] to = image.spare();
    for (int start = 0; start < from.length; start += sources.length) {
      for (int x = 0; x < sources.length; x++) {
        to[start + x] = sources[x] == BLACK ? 0 : from[start + sources[x]];
      }
    }
    image.swap();
  }
}
