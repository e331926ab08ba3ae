package io.github.smartaug.cli.extension;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.ModelType;
import io.github.smartaug.nn.Sequential;

/** A model: a single linear layer on the pixels. */
public record OneLayer() implements ModelType {
  @Override
  public String name() {
    return "one-layer";
  }

  @Override
  public String description() {
    return "a single linear layer on the pixels";
  }

  @Override
  public Model create(ImageShape input, int classes) {
    int pixels = input.channels() * input.height() * input.width();
    return new LayeredModel(
        input, classes, Sequential.of(new Flatten(), new Linear("fc", pixels, classes)));
  }
}
