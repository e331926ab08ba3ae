package io.github.smartaug.augment;

import io.github.smartaug.registry.Registered;
import io.github.smartaug.transform.TransformSets;
import java.util.Optional;
import java.util.function.Function;

/** A policy with a name: an entry of {@link Policies}. */
public interface PolicyType extends Registered {
  /**
   * A policy before any learning; its tensors are in the current scope.
   *
   * @throws IllegalArgumentException if the settings do not go with this policy
   */
  Augmenter create(PolicySettings settings);

  /** Name of the set of transforms that it has unless told otherwise. */
  default String transformSet() {
    return TransformSets.DEFAULT;
  }

  /** Whether its policies are learned. */
  default boolean learns() {
    return learned().isPresent();
  }

  /** This as a type whose policies files hold; empty if they do not. */
  default Optional<LearnedPolicyType> learned() {
    return Optional.empty();
  }

  /** An entry, not learned, that makes its policies by a function. */
  static PolicyType of(
      String name, String description, Function<PolicySettings, Augmenter> factory) {
    return of(name, description, TransformSets.DEFAULT, factory);
  }

  /** The same with a set of transforms of its own. */
  static PolicyType of(
      String name,
      String description,
      String transformSet,
      Function<PolicySettings, Augmenter> factory) {
    return new Row(name, description, transformSet, factory);
  }

  /**
   * An entry as values.
   *
   * @param name of the policy
   * @param description for help
   * @param transformSet name of the set that it has unless told otherwise
   * @param factory of its policies
   */
  record Row(
      String name,
      String description,
      String transformSet,
      Function<PolicySettings, Augmenter> factory)
      implements PolicyType {
    @Override
    public Augmenter create(PolicySettings settings) {
      return factory.apply(settings);
    }
  }
}
