package io.github.smartaug.nn.zoo;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Activation;
import io.github.smartaug.nn.AdaptiveAvgPool2d;
import io.github.smartaug.nn.BatchNorm2d;
import io.github.smartaug.nn.Bias;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.Dropout;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.Initializer;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.Residual;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018, as in
 * torchvision.
 *
 * @param dropout rate before the last layer
 */
record MobileNetV2(double dropout) implements Architecture.Builder {
  /** Pixels that an image must have at least. */
  static final int SMALLEST = 8;

  private static final int FIRST_WIDTH = 32;
  private static final int LAST_WIDTH = 1280;
  private static final Window KERNEL_1 = Window.of(1);
  private static final Window KERNEL_3 = Window.of(3).withPadding(1);

  /** A stage: blocks of one width, the first of which may have a stride. */
  private record Stage(int expansion, int width, int depth, int stride) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 16, 1, 1),
          new Stage(6, 24, 2, 2),
          new Stage(6, 32, 3, 2),
          new Stage(6, 64, 4, 2),
          new Stage(6, 96, 3, 1),
          new Stage(6, 160, 3, 2),
          new Stage(6, 320, 1, 1));

  @Override
  public Layer network(ImageShape input, int classes) {
    List<Layer> layers = new ArrayList<>();
    layers.add(unit("features.0", input.channels(), FIRST_WIDTH, KERNEL_3.withStride(2), 1));
    int inputs = FIRST_WIDTH;
    for (Stage stage : STAGES) {
      for (int i = 0; i < stage.depth(); i++) {
        int stride = i == 0 ? stage.stride() : 1;
        String name = "features.%d.conv.".formatted(layers.size());
        layers.add(block(name, inputs, stage.expansion() * inputs, stage.width(), stride));
        inputs = stage.width();
      }
    }
    layers.add(unit("features." + layers.size(), inputs, LAST_WIDTH, KERNEL_1, 1));
    layers.add(AdaptiveAvgPool2d.global());
    layers.add(new Flatten());
    layers.add(new Dropout(dropout));
    layers.add(
        new Linear(
            "classifier.1",
            LAST_WIDTH,
            classes,
            Initializer.normal(0.01),
            Initializer.constant(0)));
    return new Sequential(layers);
  }

  /** Few channels, many in between, few. */
  private static Layer block(String name, int inputs, int inner, int outputs, int stride) {
    List<Layer> layers = new ArrayList<>();
    if (inner != inputs) {
      layers.add(unit(name + layers.size(), inputs, inner, KERNEL_1, 1));
    }
    layers.add(unit(name + layers.size(), inner, inner, KERNEL_3.withStride(stride), inner));
    int next = layers.size();
    layers.add(convolution(name + next, inner, outputs, KERNEL_1, 1));
    layers.add(new BatchNorm2d(name + (next + 1), outputs));
    Layer main = new Sequential(layers);
    return stride == 1 && inputs == outputs ? new Residual(main, Sequential.of()) : main;
  }

  private static Layer unit(String name, int inputs, int outputs, Window window, int groups) {
    return Sequential.of(
        convolution(name + ".0", inputs, outputs, window, groups),
        new BatchNorm2d(name + ".1", outputs),
        Activation.RELU6);
  }

  private static Layer convolution(
      String name, int inputs, int outputs, Window window, int groups) {
    return new Conv2d(
        name, inputs, outputs, window, Bias.NONE, Initializer.kaimingNormalFanOut(), groups);
  }
}
