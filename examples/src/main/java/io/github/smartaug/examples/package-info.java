/**
 * Models of one's own, bilevel optimisation of other things than augmentation, and a learned policy
 * in a training loop of one's own, in a few lines each.
 */
package io.github.smartaug.examples;
