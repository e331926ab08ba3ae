package io.github.smartaug.augment;

import io.github.smartaug.transform.TransformSet;

/**
 * One transform per image, all equally likely, of one of 31 strengths from none to the end of its
 * range, also all equally likely.
 *
 * <p>Mueller and Hutter, "TrivialAugment: tuning-free yet state-of-the-art data augmentation", ICCV
 * 2021; its ranges are in the set {@code trivialaugment-wide}.
 */
public final class TrivialAugment extends ForwardingPolicy {
  /** A policy without parameters. */
  public TrivialAugment(TransformSet transforms) {
    super(new RandAugment(transforms, 1, 1, Strengths.inLevels(transforms)));
  }

  @Override
  public String description() {
    return "trivial, " + PolicyText.choice(this);
  }
}
