package io.github.smartaug.augment;

import io.github.smartaug.transform.TransformSet;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;

/**
 * A kind of {@link LearnablePolicy}: how its policies begin, and how files hold them ({@link
 * PolicyFile}).
 */
public interface LearnedPolicyType extends PolicyType {
  /** Its word in files: {@code kind}. */
  default String kind() {
    return name();
  }

  /**
   * Number of logits for one class.
   *
   * @throws IllegalArgumentException if these are too many
   */
  int choices(TransformSet transforms, PolicyOptions options);

  /** The policy with these parameters. */
  LearnablePolicy of(PolicyParameters parameters);

  /** Whether logit t is that of transform t alone, so that files list it with the transform. */
  default boolean hasLogitPerTransform() {
    return false;
  }

  /** Whether its policies have {@link Augmenter#drawTrials trials} while classes are alike. */
  default boolean canBeTried() {
    return false;
  }

  /**
   * A policy before any learning: all logits 1; magnitudes 0.5 where they are learned and 1
   * elsewhere. Its parameters (float32, CPU) belong to the caller's scope.
   *
   * @throws IllegalArgumentException if there are too many choices
   */
  default LearnablePolicy initial(TransformSet transforms, PolicyOptions options) {
    return of(PolicyParameters.initial(transforms, options, choices(transforms, options)));
  }

  @Override
  default Augmenter create(PolicySettings settings) {
    return initial(settings.transforms(), settings.options());
  }

  @Override
  default Optional<LearnedPolicyType> learned() {
    return Optional.of(this);
  }

  /** An entry of functions. */
  static LearnedPolicyType of(
      String name,
      String description,
      ToIntBiFunction<TransformSet, PolicyOptions> choices,
      Function<PolicyParameters, LearnablePolicy> factory) {
    return new LearnedRow(name, description, choices, factory);
  }

  /**
   * An entry as values.
   *
   * @param name of the policy, and its word in files
   * @param description for help
   * @param size number of logits for one class
   * @param factory of its policies
   */
  record LearnedRow(
      String name,
      String description,
      ToIntBiFunction<TransformSet, PolicyOptions> size,
      Function<PolicyParameters, LearnablePolicy> factory)
      implements LearnedPolicyType {
    @Override
    public int choices(TransformSet transforms, PolicyOptions options) {
      return size.applyAsInt(transforms, options);
    }

    @Override
    public LearnablePolicy of(PolicyParameters parameters) {
      return factory.apply(parameters);
    }
  }
}
