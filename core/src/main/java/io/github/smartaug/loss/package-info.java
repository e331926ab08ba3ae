/** Losses of classifiers on clean and augmented images: the inner and the outer objective. */
package io.github.smartaug.loss;
