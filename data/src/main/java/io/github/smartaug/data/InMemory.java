package io.github.smartaug.data;

import java.util.Locale;

/**
 * Whether all images of a set are decoded once and held in memory, or each is decoded anew when a
 * batch needs it. This is for images in files of their own and in archives that are not packed;
 * other formats are always held.
 */
public enum InMemory {
  /** They are held if they take at most half of Java's heap. */
  AUTO,
  /** They are held, or refused where they do not fit. */
  ALWAYS,
  /** They are decoded anew. */
  NEVER;

  /** The name as people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
