package io.github.smartaug.meta;

import io.github.smartaug.registry.Registered;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A hypergradient estimator with a name: an entry of {@link HypergradientEstimators}. Some take a
 * number J, which is written after a colon: {@code truncated:3}.
 */
public interface EstimatorType extends Registered {
  /** Whether a number J follows the name. */
  enum ArgumentUse {
    /** No number. */
    NONE,
    /** A number, which may be left out. */
    OPTIONAL,
    /** A number. */
    REQUIRED
  }

  /** Whether a number J follows the name. */
  default ArgumentUse argument() {
    return ArgumentUse.NONE;
  }

  /**
   * The estimator.
   *
   * @param argument J, at least 1; empty if none is given, which happens only where {@link
   *     #argument()} allows it
   */
  HypergradientEstimator create(OptionalInt argument);

  /** How it is written: {@code unrolled}, {@code truncated:J}, {@code NAME[:J]}. */
  default String usage() {
    return switch (argument()) {
      case NONE -> name();
      case OPTIONAL -> name() + "[:J]";
      case REQUIRED -> name() + ":J";
    };
  }

  /**
   * How an estimator is written that this entry makes; empty for others. Where an argument is
   * required, this must be overridden, or the estimator has no text.
   */
  default Optional<String> textOf(HypergradientEstimator estimator) {
    return argument() != ArgumentUse.REQUIRED && create(OptionalInt.empty()).equals(estimator)
        ? Optional.of(name())
        : Optional.empty();
  }
}
