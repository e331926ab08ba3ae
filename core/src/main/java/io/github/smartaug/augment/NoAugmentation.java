package io.github.smartaug.augment;

import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/** Leaves every image as it is. */
public record NoAugmentation() implements Augmenter {
  @Override
  public String description() {
    return "none, images as they are";
  }

  @Override
  public Draws draw(int images, RandomGenerator random) {
    return new Draws(new int[0][images], new double[0][images], new int[images]);
  }

  @Override
  public Augmented apply(Tensor images, Draws draws) {
    return Augmented.unweighted(images);
  }
}
