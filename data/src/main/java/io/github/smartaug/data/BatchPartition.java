package io.github.smartaug.data;

/**
 * How the positions of an epoch are cut into batches.
 *
 * @param images number of images of the set
 * @param batchSize largest number of images in a batch
 * @param lastBatch what becomes of the rest
 */
record BatchPartition(int images, int batchSize, LastBatch lastBatch) {
  BatchPartition {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size is " + batchSize + ", allowed: at least 1");
    }
  }

  /** Number of batches, at least 1. */
  int batches() {
    int full = images / batchSize;
    boolean rest = images % batchSize > 0;
    boolean keepsRest = lastBatch == LastBatch.KEEP || full == 0;
    return rest && keepsRest ? full + 1 : full;
  }

  /** Number of images in all batches together. */
  int size() {
    return end(batches() - 1);
  }

  /** First position of a batch. */
  int start(int index) {
    return Math.multiplyExact(checked(index), batchSize);
  }

  /** Position after the last of a batch. */
  int end(int index) {
    return (int) Math.min((checked(index) + 1L) * batchSize, images);
  }

  private int checked(int index) {
    if (index < 0 || index >= batches()) {
      throw new IllegalArgumentException("batch " + index + ", allowed: 0.." + (batches() - 1));
    }
    return index;
  }
}
