package io.github.smartaug.examples;

import io.github.smartaug.augment.ImageAugmenter;
import io.github.smartaug.batch.ImageShape;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A learned policy in a training loop of somebody else: of any library, or none. All that is needed
 * is the {@code policy.json} of a run.
 */
public final class PolicyInOwnLoop {
  private PolicyInOwnLoop() {}

  /** Augments a picture: {@code policy.json picture.png augmented.png}. */
  public static void main(String[] arguments) throws IOException {
    try (ImageAugmenter augmenter = ImageAugmenter.load(Path.of(arguments[0]), 42)) {
      BufferedImage augmented = augmenter.augment(ImageIO.read(new File(arguments[1])));
      ImageIO.write(augmented, "png", new File(arguments[2]));
    }
  }

  /**
   * Trains for an epoch: here, the "model" is the mean image of the augmented ones.
   *
   * @param batches pixels in [0,1], image by image
   */
  public static float[] meanImage(Path policy, List<float[]> batches, ImageShape shape) {
    int size = shape.channels() * shape.height() * shape.width();
    float[] mean = new float[size];
    int images = batches.stream().mapToInt(batch -> batch.length / size).sum();
    try (ImageAugmenter augmenter = ImageAugmenter.load(policy, 42)) {
      for (float[] batch : batches) {
        float[] augmented = augmenter.augment(batch, shape);
        for (int i = 0; i < augmented.length; i++) {
          mean[i % size] += augmented[i] / images;
        }
      }
    }
    return mean;
  }
}
