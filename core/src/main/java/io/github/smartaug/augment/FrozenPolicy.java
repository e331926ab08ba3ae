package io.github.smartaug.augment;

/**
 * A learned policy that is applied and does not learn on: with the probabilities, magnitudes and
 * loss weights that it has, such as those of a {@link PolicyFile}.
 */
public final class FrozenPolicy extends ForwardingPolicy {
  /** Applies that policy. */
  public FrozenPolicy(LearnablePolicy policy) {
    super(policy);
  }

  @Override
  public String description() {
    return "fixed, " + PolicyText.choice(this);
  }
}
