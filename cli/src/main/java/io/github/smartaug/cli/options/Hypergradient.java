package io.github.smartaug.cli.options;

import io.github.smartaug.meta.Checkpointed;
import io.github.smartaug.meta.ConjugateGradient;
import io.github.smartaug.meta.FiniteDifference;
import io.github.smartaug.meta.Forward;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.Neumann;
import io.github.smartaug.meta.Truncated;
import io.github.smartaug.meta.Unrolled;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A value of {@code --hypergradient}: a word, or a word and a number after a colon.
 *
 * @param text as it was given
 * @param estimator that it stands for
 */
record Hypergradient(String text, HypergradientEstimator estimator) {
  static final String ALLOWED =
      "unrolled, checkpointed, truncated:J, forward, finite-difference, neumann:J, cg:J"
          + " (J a whole number, at least 1)";

  private static final Map<String, Supplier<HypergradientEstimator>> PLAIN =
      Map.of(
          "unrolled", Unrolled::new,
          "checkpointed", Checkpointed::new,
          "forward", Forward::new,
          "finite-difference", FiniteDifference::new);

  private static final Map<String, IntFunction<HypergradientEstimator>> NUMBERED =
      Map.of(
          "truncated", Truncated::new,
          "neumann", Neumann::new,
          "cg", ConjugateGradient::new);

  /** The estimator of that text; empty if it is none of {@link #ALLOWED}. */
  static Optional<Hypergradient> parse(String text) {
    int colon = text.indexOf(':');
    Optional<HypergradientEstimator> estimator =
        colon < 0
            ? Optional.ofNullable(PLAIN.get(text)).map(Supplier::get)
            : Optional.ofNullable(NUMBERED.get(text.substring(0, colon)))
                .flatMap(factory -> number(text.substring(colon + 1)).map(factory::apply));
    return estimator.map(found -> new Hypergradient(text, found));
  }

  private static Optional<Integer> number(String digits) {
    // At most nine digits, so that they fit an int.
    return digits.matches("[1-9][0-9]{0,8}")
        ? Optional.of(Integer.valueOf(digits))
        : Optional.empty();
  }

  /** The word of the command line. */
  @Override
  public String toString() {
    return text;
  }
}
