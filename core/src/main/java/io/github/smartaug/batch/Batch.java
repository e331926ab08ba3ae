package io.github.smartaug.batch;

import org.bytedeco.pytorch.Tensor;

/**
 * Labelled images.
 *
 * @param images float [B,C,H,W] in [0,1], not normalised
 * @param labels int64 [B], class indices from 0
 */
public record Batch(Tensor images, Tensor labels) {
  /** Number of images. */
  public int size() {
    return Math.toIntExact(images.size(0));
  }
}
