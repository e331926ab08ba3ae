/**
 * Bilevel optimisation: a trajectory of differentiable inner steps, estimators of the hypergradient
 * along it, and the step of the meta parameters.
 *
 * <p>Knows nothing of images: any inner and outer objective of named tensors will do.
 */
package io.github.smartaug.meta;
