package io.github.smartaug.batch;

import io.github.smartaug.input.InputRange;

/** How many images a training step takes, where nobody says. */
public final class BatchSizes {
  /** The usual size, for which the defaults of the learning rates are made. */
  public static final int USUAL = 128;

  /** A policy gets one step or less from each: fewer would teach it nothing but noise. */
  private static final int STEPS = 10;

  /** Gradients of fewer images are too noisy to be worth more steps. */
  private static final int SMALLEST_FOR_STEPS = 8;

  private BatchSizes() {}

  /**
   * The size for so many training images: {@value #USUAL}, or less where the images are few, so
   * that an epoch has ten steps (fewer below 80 images) and leaves out at most a tenth of the
   * images, those that do not fill a batch.
   *
   * @param images in an epoch, at least 1
   */
  public static int suitedTo(int images) {
    InputRange.atLeast(1, "training images", images);
    int size = Math.min(images, Math.max(SMALLEST_FOR_STEPS, Math.min(USUAL, images / STEPS)));
    while (images % size > images / 10) {
      size--;
    }
    return size;
  }
}
