/**
 * Labelled image data sets: readers of their formats, stratified splits, batches.
 *
 * <p>{@link io.github.smartaug.data.Datasets} finds and reads a data set, {@link
 * io.github.smartaug.data.DatasetBundle} holds its training, validation and test sets, and {@link
 * io.github.smartaug.data.ShuffledBatches} and {@link io.github.smartaug.data.SequentialBatches}
 * turn a set into tensors.
 */
package io.github.smartaug.data;
