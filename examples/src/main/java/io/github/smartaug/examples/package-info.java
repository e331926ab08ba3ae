/** Bilevel optimisation of other things than augmentation, in a few lines each. */
package io.github.smartaug.examples;
