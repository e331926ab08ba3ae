package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Alternatives of what meta parameters decide at random, each of which can be tried on the same few
 * images: the loss of an inner step as it would be if all its images had that alternative.
 */
public interface Trials {
  /** Number of alternatives, A, at least 1. */
  int count();

  /**
   * How much of a step has what this is an alternative of, as things are drawn now, from 0 to 1.
   */
  double drawnShare(int alternative);

  /** More trials of some alternatives, if any: those between which values are to be chosen. */
  default Optional<Refinement> refinement() {
    return Optional.empty();
  }

  /**
   * What the losses are computed from, at one point.
   *
   * @param parameters leaves
   * @param buffers constants
   * @param metaParameters constants
   * @return in the caller's scope
   */
  Losses at(NamedTensors parameters, NamedTensors buffers, NamedTensors metaParameters);

  /**
   * The expected worth of what is drawn, given the worth of each alternative: a number whose
   * derivatives with respect to the meta parameters are those of {@code sum_a P_a worth_a}, and
   * where two alternatives are the same thing at two values of a meta parameter, the difference
   * quotient of their worth times P.
   *
   * @return without dimensions, differentiable with respect to the meta parameters
   */
  Tensor expectation(Worth worth, NamedTensors metaParameters);

  /**
   * What alternatives are worth, each a change of a loss for a share of a step.
   *
   * @param atEqualShares all at the same share, to choose between different things
   * @param asDrawn each at its {@link #drawnShare} if that is more, to choose between values of one
   *     thing
   */
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  record Worth(double[] atEqualShares, double[] asDrawn) {}

  /**
   * The same alternatives on more images, to tell values of one thing from each other.
   *
   * @param trials of as many alternatives, in the same order
   * @param alternatives those that are tried again, by number
   * @param weight of what these are worth as drawn, from 0 to 1; the rest is that of what they were
   *     worth before
   */
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  record Refinement(Trials trials, int[] alternatives, double weight) {}

  /** Losses at one point. Each is made anew when it is asked for, with a graph of its own. */
  interface Losses {
    /** What all alternatives have in common, such as that of images as they are, if anything. */
    Optional<Tensor> common();

    /** What an alternative adds to that, without dimensions, differentiable by the parameters. */
    Tensor of(int alternative);
  }
}
