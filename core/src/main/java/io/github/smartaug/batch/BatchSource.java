package io.github.smartaug.batch;

/**
 * Labelled images in batches. The order of the images depends only on the number of the epoch, and
 * any batch of any epoch can be asked for at any time. So a run can be resumed in the middle of an
 * epoch without saving anything about its data.
 */
public interface BatchSource {
  /** Number of images in an epoch. */
  int size();

  /** Number of batches in an epoch, at least 1. */
  int batches();

  /**
   * One batch.
   *
   * @param epoch from 0; determines the order
   * @param index from 0 to {@code batches() - 1}
   * @return tensors that belong to the caller's scope
   */
  Batch batch(long epoch, int index);
}
