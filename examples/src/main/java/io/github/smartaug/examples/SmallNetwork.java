package io.github.smartaug.examples;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.AdaptiveAvgPool2d;
import io.github.smartaug.nn.BatchNorm2d;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.MaxPool2d;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.ModelType;
import io.github.smartaug.nn.ReLU;
import io.github.smartaug.nn.Residual;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.Window;

/** A model of the library's layers: a convolution, a residual block and a linear layer. */
public final class SmallNetwork implements ModelType {
  @Override
  public String name() {
    return "small-network";
  }

  @Override
  public String description() {
    return "a convolution and one residual block";
  }

  @Override
  public Model create(ImageShape input, int classes) {
    Window three = Window.of(3).withPadding(1);
    Layer network =
        Sequential.of(
            new Conv2d("conv", input.channels(), 16, three),
            new BatchNorm2d("bn", 16),
            new ReLU(),
            new MaxPool2d(2),
            new Residual(new Conv2d("block.conv", 16, 16, three), Sequential.of()),
            new ReLU(),
            AdaptiveAvgPool2d.global(),
            new Flatten(),
            new Linear("fc", 16, classes));
    return new LayeredModel(input, classes, network);
  }
}
