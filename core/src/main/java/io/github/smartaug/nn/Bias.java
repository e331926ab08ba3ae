package io.github.smartaug.nn;

/** Whether a convolution or linear layer adds a learned constant per output. */
public enum Bias {
  /** A parameter {@code bias}, drawn uniformly within {@code 1/sqrt(fanIn)} as PyTorch does. */
  LEARNED,
  /** No bias, as in front of a batch normalisation. */
  NONE
}
