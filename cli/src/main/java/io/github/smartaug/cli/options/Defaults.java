package io.github.smartaug.cli.options;

/** The defaults that make {@code smartaug train} without options a short, good run. */
final class Defaults {
  static final int EPOCHS = 15;
  static final double LEARNING_RATE = 0.1;
  static final double MOMENTUM = 0.9;
  static final double WEIGHT_DECAY = 5e-4;
  static final double VALIDATION_FRACTION = 0.2;

  static final String POLICY = "learned";

  /** Transforms per image in turn, N. */
  static final int LENGTH = 2;

  private Defaults() {}
}
