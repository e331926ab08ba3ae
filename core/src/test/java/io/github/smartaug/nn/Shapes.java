package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;

/** Parameters without values, for tests of architectures that are too large to draw. */
public final class Shapes {
  private Shapes() {}

  /** Names and shapes of all parameters. */
  public static NamedTensors parameters(LayeredModel model) {
    return model.network().initialParameters(new ShapesOnly());
  }
}
