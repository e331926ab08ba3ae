package io.github.smartaug.train;

/**
 * What time was spent on, in seconds. On a device that works by itself (CUDA) a phase that starts
 * work may be shorter, and the one that waits for its result longer, than the work.
 *
 * @param data making batches
 * @param augmentation augmenting images in inner steps, without the backward pass
 * @param inner the rest of the inner steps
 * @param meta meta steps
 * @param evaluation on validation and test images
 */
public record PhaseSeconds(
    double data, double augmentation, double inner, double meta, double evaluation) {
  /** No time at all. */
  public static final PhaseSeconds NONE = new PhaseSeconds(0, 0, 0, 0, 0);

  /** The sum of all phases. */
  public double total() {
    return data + augmentation + inner + meta + evaluation;
  }

  /** Both together. */
  public PhaseSeconds plus(PhaseSeconds other) {
    return new PhaseSeconds(
        data + other.data,
        augmentation + other.augmentation,
        inner + other.inner,
        meta + other.meta,
        evaluation + other.evaluation);
  }
}
