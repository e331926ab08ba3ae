package io.github.smartaug.batch;

/** A source without images. */
enum NoBatches implements BatchSource {
  /** There is but one. */
  INSTANCE;

  @Override
  public int size() {
    return 0;
  }

  @Override
  public int batches() {
    return 0;
  }

  @Override
  public Batch batch(long epoch, int index) {
    throw new IllegalArgumentException("no images, allowed: a source with some");
  }
}
