package io.github.smartaug.cli.extension;

import io.github.smartaug.meta.EstimatorType;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.Truncated;
import java.util.OptionalInt;

/** An estimator: the last steps, how many may be left open. */
public record Recent() implements EstimatorType {
  @Override
  public String name() {
    return "recent";
  }

  @Override
  public String description() {
    return "looks back over the last J steps, 1 if nothing is said";
  }

  @Override
  public ArgumentUse argument() {
    return ArgumentUse.OPTIONAL;
  }

  @Override
  public HypergradientEstimator create(OptionalInt argument) {
    return new Truncated(argument.orElse(1));
  }
}
