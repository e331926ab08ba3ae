package io.github.smartaug.augment;

import io.github.smartaug.transform.Geometry;
import io.github.smartaug.transform.TransformSet;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * One transform per image, all equally likely, with a value drawn uniformly from its whole range.
 *
 * <p>Mueller and Hutter, "TrivialAugment: tuning-free yet state-of-the-art data augmentation", ICCV
 * 2021; its ranges are in the set {@code trivialaugment-wide}.
 */
public final class TrivialAugment implements TransformPolicy {
  private final RandAugment strongest;

  /** A policy without parameters. */
  public TrivialAugment(TransformSet transforms) {
    this.strongest = new RandAugment(transforms, 1, 1);
  }

  @Override
  public TransformSet transforms() {
    return strongest.transforms();
  }

  @Override
  public int length() {
    return 1;
  }

  @Override
  public double[] probabilities() {
    return strongest.probabilities();
  }

  @Override
  public double[] magnitudes() {
    return strongest.magnitudes();
  }

  @Override
  public String description() {
    return "trivial, " + PolicyText.choice(this);
  }

  @Override
  public Draws draw(int images, RandomGenerator random) {
    return strongest.draw(images, random);
  }

  @Override
  public Augmented apply(Tensor images, Draws draws) {
    return strongest.apply(images, draws);
  }

  @Override
  public Geometry geometry(Draws draws, int height, int width) {
    return strongest.geometry(draws, height, width);
  }
}
