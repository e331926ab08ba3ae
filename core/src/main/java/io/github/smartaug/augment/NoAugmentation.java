package io.github.smartaug.augment;

import io.github.smartaug.tensor.Tensors;
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
    return new Draws(new int[0][images], new double[0][images]);
  }

  @Override
  public Augmented apply(Tensor images, Draws draws) {
    return new Augmented(images, Tensors.full(1, images, images.size(0)));
  }
}
