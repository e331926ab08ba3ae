package io.github.smartaug.nn;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws from a source, and remembers them to be drawn again. */
final class RecordedDraws implements RandomGenerator {
  private final RandomGenerator source;
  private final List<Long> drawn = new ArrayList<>();

  RecordedDraws(RandomGenerator source) {
    this.source = source;
  }

  @Override
  public long nextLong() {
    long next = source.nextLong();
    drawn.add(next);
    return next;
  }

  /** The same draws from the beginning, and no others. */
  RandomGenerator again() {
    Iterator<Long> draws = drawn.iterator();
    return draws::next;
  }
}
