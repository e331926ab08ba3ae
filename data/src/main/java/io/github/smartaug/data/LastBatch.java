package io.github.smartaug.data;

/** What becomes of the images at the end of an epoch that do not fill a batch. */
public enum LastBatch {
  /** They make a smaller batch: every image is seen in every epoch. For evaluation. */
  KEEP,
  /**
   * They are left out of this epoch (another epoch's order leaves out others), so that all batches
   * have the same size. For training. A set smaller than one batch is kept nevertheless.
   */
  DROP
}
