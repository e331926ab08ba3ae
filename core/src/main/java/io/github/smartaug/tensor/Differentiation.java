package io.github.smartaug.tensor;

/** How often a model's loss is differentiated. Models choose their fastest computation by it. */
public enum Differentiation {
  /** Gradients only: plain training. */
  ONCE,
  /** Gradients of gradients: training with a hypergradient. */
  TWICE
}
