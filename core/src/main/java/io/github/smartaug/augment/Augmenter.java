package io.github.smartaug.augment;

import io.github.smartaug.transform.Geometry;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/** An augmentation policy: draws transforms for a batch of images and applies them. */
public interface Augmenter {
  /** Draws what is to be done to a batch of that many images. */
  Draws draw(int images, RandomGenerator random);

  /**
   * Applies draws of this policy.
   *
   * @param images float [B,C,H,W] in [0,1]; not changed
   * @param draws for B images
   * @return augmented images and loss weights, differentiable with respect to what is learned
   */
  Augmented apply(Tensor images, Draws draws);

  /**
   * How {@link #apply} moves the pixels of images, so that masks, boxes and keypoints can follow.
   *
   * @param draws for B images
   * @param height of the images, in pixels
   * @param width of the images, in pixels
   * @return in the current scope
   */
  Geometry geometry(Draws draws, int height, int width);

  /** Draws and applies in one go. */
  default Augmented augment(Tensor images, RandomGenerator random) {
    return apply(images, draw(Math.toIntExact(images.size(0)), random));
  }
}
