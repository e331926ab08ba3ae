package io.github.smartaug.nn;

/** Whether a convolution or linear layer adds a learned constant per output. */
public enum Bias {
  /** A parameter {@code bias}, drawn uniformly within {@code 1/sqrt(fanIn)} as PyTorch does. */
  LEARNED,
  /** A parameter {@code bias}, zeros at first. */
  ZERO,
  /** No bias, as in front of a batch normalisation. */
  NONE
}
