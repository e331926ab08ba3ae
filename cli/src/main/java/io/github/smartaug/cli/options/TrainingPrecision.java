package io.github.smartaug.cli.options;

import io.github.smartaug.nn.Precision;

/** The values of {@code --precision}. */
enum TrainingPrecision {
  /** Everything in float32. */
  FLOAT32,
  /** Inner steps with convolutions and matrix products in bfloat16. */
  BFLOAT16;

  Precision precision() {
    return switch (this) {
      case FLOAT32 -> Precision.FLOAT32;
      case BFLOAT16 -> Precision.BFLOAT16;
    };
  }

  /** The word of the command line. */
  @Override
  public String toString() {
    return OptionConverters.of(this);
  }
}
