package io.github.smartaug.meta;

/** Checks of numbers of steps and iterations. */
final class Iterations {
  private Iterations() {}

  static int requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", allowed: at least 1");
    }
    return value;
  }
}
