package io.github.smartaug.cli.console;

import java.util.Locale;

/** Durations for people: {@code 4.2 s}, {@code 3 min 05 s}, {@code 2 h 10 min}. */
public final class Durations {
  private Durations() {}

  /** Rounded to what matters. */
  public static String text(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (whole < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }
}
