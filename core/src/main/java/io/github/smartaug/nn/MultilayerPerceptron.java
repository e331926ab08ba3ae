package io.github.smartaug.nn;

import io.github.smartaug.batch.ImageShape;

/**
 * Multilayer perceptron on the pixels: fully connected layers of 500, 256 and {@code classes}
 * outputs, with ReLU between them.
 *
 * <p>Parameters: {@code fc1}, {@code fc2}, {@code fc3}, each with {@code weight} and {@code bias}.
 */
public final class MultilayerPerceptron {
  private MultilayerPerceptron() {}

  /**
   * A perceptron.
   *
   * @param input of any shape
   */
  public static Model create(ImageShape input, int classes) {
    int pixels = input.channels() * input.height() * input.width();
    Layer network =
        Sequential.of(
            new Flatten(),
            new Linear("fc1", pixels, 500),
            new ReLU(),
            new Linear("fc2", 500, 256),
            new ReLU(),
            new Linear("fc3", 256, classes));
    return new LayeredModel(input, classes, network);
  }
}
