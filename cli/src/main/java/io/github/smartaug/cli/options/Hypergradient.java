package io.github.smartaug.cli.options;

import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.Unrolled;

/** The values of {@code --hypergradient}. */
enum Hypergradient {
  /** Exact reverse mode through all inner steps. */
  UNROLLED;

  HypergradientEstimator estimator() {
    return switch (this) {
      case UNROLLED -> new Unrolled();
    };
  }

  /** The word of the command line. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
