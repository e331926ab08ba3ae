package io.github.smartaug.train;

/**
 * What a policy does with one transform.
 *
 * @param name of the transform
 * @param probability of being drawn at a position
 * @param magnitude in [0,1]
 * @param lossShare how much it counts in the training loss: its probability, unless the policy is
 *     learned by loss weights
 */
public record TransformReport(String name, double probability, double magnitude, double lossShare) {
  /** Of a policy whose images count alike. */
  public TransformReport(String name, double probability, double magnitude) {
    this(name, probability, magnitude, probability);
  }
}
