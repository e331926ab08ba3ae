/** Augmentation policies: which transforms an image gets, how strong, and with what loss weight. */
package io.github.smartaug.augment;
