package io.github.smartaug.tensor;

/** How often a model's loss is differentiated, which decides what is fastest inside. */
public enum Differentiation {
  /** Gradients only: plain training. */
  ONCE,
  /** Gradients of gradients: training with a hypergradient. */
  TWICE
}
