package io.github.smartaug.nn.zoo;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.AdaptiveAvgPool2d;
import io.github.smartaug.nn.AvgPool2d;
import io.github.smartaug.nn.BatchNorm2d;
import io.github.smartaug.nn.Bias;
import io.github.smartaug.nn.Concatenation;
import io.github.smartaug.nn.Conv2d;
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
 * Huang et al., "Densely Connected Convolutional Networks", CVPR 2017, as in torchvision.
 *
 * @param growth channels that a layer adds
 * @param depths number of layers of each block
 * @param firstWidth channels after the first convolution
 */
record DenseNet(int growth, List<Integer> depths, int firstWidth) implements Architecture.Builder {
  /** Pixels that an image must have at least: the stem and three pools leave one. */
  static final int SMALLEST = 29;

  private static final int BOTTLENECK = 4;
  private static final Window KERNEL_1 = Window.of(1);
  private static final Window KERNEL_3 = Window.of(3).withPadding(1);
  private static final Window KERNEL_7 = Window.of(7).withPadding(3);

  @Override
  public Layer network(ImageShape input, int classes) {
    List<Layer> layers = new ArrayList<>();
    layers.add(convolution("features.conv0", input.channels(), firstWidth, KERNEL_7.withStride(2)));
    layers.add(new BatchNorm2d("features.norm0", firstWidth));
    layers.add(new ReLU());
    layers.add(new MaxPool2d(KERNEL_3.withStride(2)));
    int width = firstWidth;
    for (int block = 1; block <= depths.size(); block++) {
      for (int i = 1; i <= depths.get(block - 1); i++) {
        layers.add(layer("features.denseblock%d.denselayer%d".formatted(block, i), width));
        width += growth;
      }
      if (block < depths.size()) {
        layers.add(transition("features.transition" + block, width));
        width /= 2;
      }
    }
    layers.add(new BatchNorm2d("features.norm5", width));
    layers.add(new ReLU());
    layers.add(AdaptiveAvgPool2d.global());
    layers.add(new Flatten());
    layers.add(
        new Linear(
            "classifier", width, classes, Initializer.kaimingUniform(), Initializer.constant(0)));
    return new Sequential(layers);
  }

  private Layer layer(String name, int inputs) {
    int inner = BOTTLENECK * growth;
    return new Concatenation(
        Sequential.of(
            new BatchNorm2d(name + ".norm1", inputs),
            new ReLU(),
            convolution(name + ".conv1", inputs, inner, KERNEL_1),
            new BatchNorm2d(name + ".norm2", inner),
            new ReLU(),
            convolution(name + ".conv2", inner, growth, KERNEL_3)));
  }

  private static Layer transition(String name, int inputs) {
    return Sequential.of(
        new BatchNorm2d(name + ".norm", inputs),
        new ReLU(),
        convolution(name + ".conv", inputs, inputs / 2, KERNEL_1),
        new AvgPool2d(2));
  }

  private static Layer convolution(String name, int inputs, int outputs, Window window) {
    return new Conv2d(name, inputs, outputs, window, Bias.NONE, Initializer.kaimingNormalFanIn());
  }
}
