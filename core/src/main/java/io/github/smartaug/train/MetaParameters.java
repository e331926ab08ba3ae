package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
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
        augmenter.withParameters(policyPart), hyperparameters.withParameters(moved));
  }

  /** Brings moved values back into their ranges. */
  NamedTensors project(NamedTensors moved) {
    return augmenter.project(hyperparameters.project(moved));
  }

  MetaParameters map(StateMapping mapping) {
    // What does not learn stays as it was given: it is not part of the state.
    NamedTensors ofPolicy = augmenter.learns() ? augmenter.parameters() : NamedTensors.empty();
    return new MetaParameters(
        augmenter.withParameters(mapping.tensors("policy", ofPolicy)),
        hyperparameters.withParameters(
            mapping.tensors("hyperparameters", hyperparameters.parameters())));
  }

  private NamedTensors ofPolicy() {
    return augmenter.learnedParameters();
  }
}
