package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.checkpoint.StateMapping;
import io.github.smartaug.tensor.NamedTensors;

/** All that meta steps move: the policy, if it learns, and the optimizer's hyperparameters. */
record MetaParameters(Augmenter augmenter, LearnedHyperparameters hyperparameters) {
  /** Whether there is anything to move. */
  boolean areLearned() {
    return !learned().isEmpty();
  }

  /** What is moved, by name. */
  NamedTensors learned() {
    return ofPolicy().with(hyperparameters.parameters());
  }

  /** The same policy and hyperparameters with other values of what is moved. */
  MetaParameters with(NamedTensors moved) {
    NamedTensors policyPart = ofPolicy().map((name, old) -> moved.get(name));
    return new MetaParameters(
        augmenter instanceof LearnablePolicy policy ? policy.withParameters(policyPart) : augmenter,
        hyperparameters.withParameters(moved));
  }

  /** Brings moved values back into their ranges. */
  NamedTensors project(NamedTensors moved) {
    NamedTensors projected = hyperparameters.project(moved);
    return augmenter instanceof LearnablePolicy policy ? policy.project(projected) : projected;
  }

  MetaParameters map(StateMapping mapping) {
    return new MetaParameters(
        augmenter instanceof LearnablePolicy policy
            ? policy.withParameters(mapping.tensors("policy", policy.parameters()))
            : augmenter,
        hyperparameters.withParameters(
            mapping.tensors("hyperparameters", hyperparameters.parameters())));
  }

  private NamedTensors ofPolicy() {
    return augmenter instanceof LearnablePolicy policy && policy.learns()
        ? policy.learnedParameters()
        : NamedTensors.empty();
  }
}
