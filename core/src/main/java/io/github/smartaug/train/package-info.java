/** The joint training of a model and its augmentation policy. */
package io.github.smartaug.train;
