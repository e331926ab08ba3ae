package io.github.smartaug.cli.options;

import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.HypergradientEstimators;
import picocli.CommandLine.TypeConversionException;

/**
 * A value of {@code --hypergradient}.
 *
 * @param text as it was given, such as {@code truncated:3}
 * @param estimator that it stands for
 */
record Hypergradient(String text, HypergradientEstimator estimator) {
  /** Reads a name, or a name and a number after a colon. */
  static Hypergradient parse(String text) {
    return HypergradientEstimators.find(text)
        .map(estimator -> new Hypergradient(text, estimator))
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "\"" + text + "\", allowed: " + HypergradientEstimators.allowedTexts()));
  }

  /** The word of the command line. */
  @Override
  public String toString() {
    return text;
  }
}
