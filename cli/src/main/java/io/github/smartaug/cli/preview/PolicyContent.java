package io.github.smartaug.cli.preview;

import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.TransformPolicy;
import io.github.smartaug.transform.TransformSet;
import java.nio.file.Path;

/**
 * What a policy chooses from, and how.
 *
 * @param transforms T of them
 * @param probabilities of each, T numbers
 * @param magnitudes of each, T numbers
 * @param length how many an image gets in turn
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record PolicyContent(
    TransformSet transforms, double[] probabilities, double[] magnitudes, int length) {
  static PolicyContent read(Path file) {
    return of(PolicyFile.read(file).policy());
  }

  static PolicyContent of(TransformPolicy policy) {
    return new PolicyContent(
        policy.transforms(), policy.probabilities(), policy.magnitudes(), policy.length());
  }
}
