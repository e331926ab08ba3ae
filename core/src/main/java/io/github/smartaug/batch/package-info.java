/** Labelled images as tensors: their shape, batches and sources of batches, normalisation. */
package io.github.smartaug.batch;
