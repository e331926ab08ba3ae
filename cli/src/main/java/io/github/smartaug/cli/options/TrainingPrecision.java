package io.github.smartaug.cli.options;

import io.github.smartaug.nn.Precision;
import java.util.Optional;

/** The values of {@code --precision}. */
enum TrainingPrecision {
  /** Everything in float32. */
  FLOAT32,
  /** Convolutions and matrix products in bfloat16. */
  BFLOAT16,
  /** The faster of the two. */
  AUTO;

  Optional<Precision> precision() {
    return switch (this) {
      case FLOAT32 -> Optional.of(Precision.FLOAT32);
      case BFLOAT16 -> Optional.of(Precision.BFLOAT16);
      case AUTO -> Optional.empty();
    };
  }

  static TrainingPrecision of(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> FLOAT32;
      case BFLOAT16 -> BFLOAT16;
    };
  }

  /** The word of the command line. */
  @Override
  public String toString() {
    return OptionConverters.of(this);
  }
}
