package io.github.smartaug.cli.run;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.TransformPolicy;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a run needs to know of its policy, whichever it is. */
final class Policies {
  private Policies() {}

  /** The transforms that a policy chooses from, if any. */
  static Optional<TransformSet> transformsOf(Augmenter augmenter) {
    return augmenter.transformPolicy().map(TransformPolicy::transforms);
  }

  /** Whether a policy is what a run learned, so that its file is needed to have it back. */
  static boolean isLearned(Augmenter augmenter) {
    return augmenter.learns();
  }

  /** Names of the transforms that have a magnitude. */
  static Set<String> withMagnitude(TransformSet transforms) {
    return transforms.transforms().stream()
        .filter(named -> named.transform().usesValue())
        .map(NamedTransform::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
