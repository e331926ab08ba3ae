/**
 * Data sets that others have published: which ones there are, bringing them here from their
 * addresses, and checking that a data set is whole.
 *
 * <p>{@link io.github.smartaug.data.published.PublishedDatasets} lists them, {@link
 * io.github.smartaug.data.published.DatasetFetch} downloads one into a folder that {@link
 * io.github.smartaug.data.Datasets} reads.
 */
package io.github.smartaug.data.published;
