package io.github.smartaug.augment;

import io.github.smartaug.tensor.NamedTensors;
import org.bytedeco.pytorch.Tensor;

/**
 * A policy with parameters that are learned by gradient.
 *
 * <p>Immutable: a meta step makes a new policy by {@link #withParameters}.
 */
public sealed interface LearnablePolicy extends TransformPolicy permits LearnedPolicy {
  /** Name of the logits among the parameters. */
  String LOGITS = "logits";

  /** Name of the magnitudes among the parameters: [T], or [1] if shared. */
  String MAGNITUDES = "magnitudes";

  /** What the policy may do and what it learns. */
  PolicyOptions options();

  /** The parameters that are learned; among {@link #parameters()}. */
  NamedTensors learnedParameters();

  /** The same policy with some parameters replaced. */
  LearnablePolicy withParameters(NamedTensors replaced);

  /** Brings parameters of this policy back into their ranges: magnitudes into [0.01, 1]. */
  NamedTensors project(NamedTensors updated);

  /**
   * Mean of {@code (m - 1)^2} over the magnitudes that are learned: a regulariser that favours
   * strong transforms. Zero unless both magnitudes and probabilities are learned.
   *
   * @return without dimensions
   */
  Tensor penalty();

  /** Factor of the logits in the sampling distribution. */
  double temperature();

  /** Whether there is anything to learn. */
  default boolean learns() {
    return !learnedParameters().isEmpty() && length() > 0;
  }

  @Override
  default int length() {
    return options().length();
  }
}
