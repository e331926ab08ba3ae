package io.github.smartaug.batch;

/**
 * Labelled images in batches, in an order that is a function of the epoch alone: any batch of any
 * epoch can be asked for at any time, so nothing needs to be saved to go on in the middle of an
 * epoch.
 */
public interface BatchSource {
  /** Number of images in an epoch. */
  int size();

  /** Number of batches in an epoch, at least 1. */
  int batches();

  /**
   * One batch.
   *
   * @param epoch from 0; decides the order
   * @param index from 0 to {@code batches() - 1}
   * @return tensors that belong to the caller's scope
   */
  Batch batch(long epoch, int index);
}
