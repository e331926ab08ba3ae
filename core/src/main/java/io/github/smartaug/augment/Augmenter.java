package io.github.smartaug.augment;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.transform.Geometry;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/** An augmentation policy: draws transforms for a batch of images and applies them. */
public interface Augmenter {
  /** Draws what is to be done to a batch of that many images. */
  Draws draw(int images, RandomGenerator random);

  /** Whether it matters to {@link #draw(int[], RandomGenerator)} which class an image is of. */
  default boolean usesClasses() {
    return false;
  }

  /**
   * Draws what is to be done to images of known classes.
   *
   * @param classes of the images, from 0
   */
  default Draws draw(int[] classes, RandomGenerator random) {
    return draw(classes.length, random);
  }

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
   * @throws UnsupportedOperationException if the policy does not tell
   */
  default Geometry geometry(Draws draws, int height, int width) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " does not tell how it moves pixels");
  }

  /** The tensors that the policy is made of, for who keeps it beyond a scope. */
  default NamedTensors parameters() {
    return NamedTensors.empty();
  }

  /**
   * The policy in an epoch, for one that follows a schedule; others are the same in all.
   *
   * @param epoch from 1
   * @param epochs length of the run
   */
  default Augmenter inEpoch(int epoch, int epochs) {
    return this;
  }

  /** What it does, in a few words for people. */
  default String description() {
    return getClass().getSimpleName();
  }

  /** Draws and applies in one go. */
  default Augmented augment(Tensor images, RandomGenerator random) {
    return apply(images, draw(Math.toIntExact(images.size(0)), random));
  }
}
