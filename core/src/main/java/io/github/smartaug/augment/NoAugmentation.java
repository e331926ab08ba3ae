package io.github.smartaug.augment;

import io.github.smartaug.transform.Geometry;
import io.github.smartaug.transform.Images;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/** Leaves every image as it is. */
public record NoAugmentation() implements Augmenter {
  @Override
  public String description() {
    return "none, images as they are";
  }

  @Override
  public boolean changesImages() {
    return false;
  }

  @Override
  public Draws draw(int images, RandomGenerator random) {
    return new Draws(new int[0][images], new double[0][images], new int[images]);
  }

  @Override
  public Augmented apply(Tensor images, Draws draws) {
    Images.requireBatch(images);
    return Augmented.unweighted(images);
  }

  @Override
  public Geometry geometry(Draws draws, int height, int width) {
    return Geometry.still(height, width);
  }
}
