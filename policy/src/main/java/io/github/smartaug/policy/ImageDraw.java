package io.github.smartaug.policy;

import java.io.Serializable;
import java.util.List;

/**
 * What was drawn for one image. Applied to the same image again, it gives the same result.
 *
 * @param steps transforms in turn, without those that the policy leaves out because the image has
 *     them already
 * @param imageClass class of the image; 0 for a policy that treats all classes alike
 */
public record ImageDraw(List<Step> steps, int imageClass) implements Serializable {
  /** Copies the list. */
  public ImageDraw {
    steps = List.copyOf(steps);
  }

  /**
   * One transform.
   *
   * @param transform its index in {@link AugmentationPolicy#transforms()}
   * @param uniform draw in [0,1) that places its value in its range, and from which all that it
   *     draws besides follows
   */
  public record Step(int transform, double uniform) implements Serializable {}
}
