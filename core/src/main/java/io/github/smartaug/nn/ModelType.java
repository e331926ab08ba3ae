package io.github.smartaug.nn;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.registry.Registered;

/** A model architecture with a name: an entry of {@link Models}. */
public interface ModelType extends Registered {
  /**
   * A model for such images.
   *
   * @param input shape of an image
   * @param classes number of classes, at least 1
   * @throws IllegalArgumentException if the model does not take such images
   */
  Model create(ImageShape input, int classes);
}
