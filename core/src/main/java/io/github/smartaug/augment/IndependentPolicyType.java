package io.github.smartaug.augment;

import io.github.smartaug.transform.TransformSet;
import java.util.Set;

/** The kind of {@link IndependentPolicy}, which options know under another name than files. */
record IndependentPolicyType() implements LearnedPolicyType {
  @Override
  public String name() {
    return "learned";
  }

  @Override
  public String kind() {
    return "independent";
  }

  @Override
  public Set<String> aliases() {
    return Set.of(kind());
  }

  @Override
  public String description() {
    return "probabilities and magnitudes of N transforms in turn are learned by gradient, jointly"
        + " with the model";
  }

  @Override
  public int choices(TransformSet transforms, PolicyOptions options) {
    return transforms.size();
  }

  @Override
  public boolean hasLogitPerTransform() {
    return true;
  }

  @Override
  public boolean canBeTried() {
    return true;
  }

  @Override
  public LearnablePolicy of(PolicyParameters parameters) {
    return new IndependentPolicy(parameters);
  }
}
