package io.github.smartaug.cli.options;

import io.github.smartaug.optim.Hyperparameters;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The values of {@code --learn}. */
enum LearnableHyperparameter {
  /** Learning rate. */
  LR(Hyperparameters.LEARNING_RATE),
  /** Momentum. */
  MOMENTUM(Hyperparameters.MOMENTUM),
  /** Weight decay. */
  WEIGHT_DECAY(Hyperparameters.WEIGHT_DECAY),
  /** Decay of the running mean of gradients. */
  BETA1(Hyperparameters.BETA1),
  /** Decay of the running mean of squared gradients. */
  BETA2(Hyperparameters.BETA2);

  private final String hyperparameter;

  LearnableHyperparameter(String hyperparameter) {
    this.hyperparameter = hyperparameter;
  }

  /** The library's name. */
  String hyperparameter() {
    return hyperparameter;
  }

  /**
   * The hyperparameter of that word.
   *
   * @throws IllegalArgumentException if there is none
   */
  static LearnableHyperparameter of(String word) {
    return Arrays.stream(values())
        .filter(value -> OptionConverters.of(value).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--learn: \"" + word + "\", allowed: " + words(value -> true)));
  }

  /** The words of those that an optimizer has. */
  static String wordsOf(Hyperparameters hyperparameters) {
    return words(value -> hyperparameters.contains(value.hyperparameter));
  }

  private static String words(Predicate<LearnableHyperparameter> chosen) {
    return Arrays.stream(values())
        .filter(chosen)
        .map(value -> OptionConverters.of(value))
        .collect(Collectors.joining(", "));
  }
}
