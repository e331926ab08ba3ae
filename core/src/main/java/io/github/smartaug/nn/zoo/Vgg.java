package io.github.smartaug.nn.zoo;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.AdaptiveAvgPool2d;
import io.github.smartaug.nn.BatchNorm2d;
import io.github.smartaug.nn.Bias;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.Dropout;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.Initializer;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.MaxPool2d;
import io.github.smartaug.nn.ReLU;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition",
 * ICLR 2015, as in torchvision.
 *
 * @param depths number of convolutions before each of the five pools
 * @param normalization whether batch normalisation follows each convolution
 * @param dropout rate before the last two layers
 */
record Vgg(List<Integer> depths, Normalization normalization, double dropout)
    implements Architecture.Builder {
  /** Pixels that an image must have at least: five pools halve it. */
  static final int SMALLEST = 32;

  private static final List<Integer> WIDTHS = List.of(64, 128, 256, 512, 512);
  private static final int GRID = 7;
  private static final int HIDDEN = 4096;
  private static final Window KERNEL_3 = Window.of(3).withPadding(1);

  /** What follows each convolution before its ReLU. */
  enum Normalization {
    /** Batch normalisation. */
    BATCH,
    /** Nothing. */
    NONE
  }

  @Override
  public Layer network(ImageShape input, int classes) {
    List<Layer> layers = new ArrayList<>();
    int inputs = input.channels();
    int index = 0;
    for (int stage = 0; stage < WIDTHS.size(); stage++) {
      for (int i = 0; i < depths.get(stage); i++) {
        List<Layer> unit = unit(index, inputs, WIDTHS.get(stage));
        layers.addAll(unit);
        index += unit.size();
        inputs = WIDTHS.get(stage);
      }
      layers.add(new MaxPool2d(2));
      index++;
    }
    layers.add(new AdaptiveAvgPool2d(GRID, GRID));
    layers.add(new Flatten());
    layers.addAll(classifier(inputs * GRID * GRID, classes));
    return new Sequential(layers);
  }

  private List<Layer> unit(int index, int inputs, int outputs) {
    Layer convolution =
        new Conv2d(
            "features." + index,
            inputs,
            outputs,
            KERNEL_3,
            Bias.ZERO,
            Initializer.kaimingNormalFanOut());
    return switch (normalization) {
      case BATCH ->
          List.of(convolution, new BatchNorm2d("features." + (index + 1), outputs), new ReLU());
      case NONE -> List.of(convolution, new ReLU());
    };
  }

  private List<Layer> classifier(int inputs, int classes) {
    return List.of(
        linear("classifier.0", inputs, HIDDEN),
        new ReLU(),
        new Dropout(dropout),
        linear("classifier.3", HIDDEN, HIDDEN),
        new ReLU(),
        new Dropout(dropout),
        linear("classifier.6", HIDDEN, classes));
  }

  private static Layer linear(String name, int inputs, int outputs) {
    return new Linear(name, inputs, outputs, Initializer.normal(0.01), Initializer.constant(0));
  }
}
