package io.github.smartaug.nn.zoo;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Activation;
import io.github.smartaug.nn.AdaptiveAvgPool2d;
import io.github.smartaug.nn.BatchNorm2d;
import io.github.smartaug.nn.Bias;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.Dropout;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.Gated;
import io.github.smartaug.nn.Initializer;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.Residual;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.StochasticDepth;
import io.github.smartaug.nn.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", ICML
 * 2019, as in torchvision.
 *
 * @param widthFactor on all numbers of channels
 * @param depthFactor on all numbers of blocks
 * @param dropout rate before the last layer
 * @param stochasticDepth nearly the rate of the last block; it grows from 0 in equal steps
 * @param batch constants of batch normalisation
 */
record EfficientNet(
    double widthFactor, double depthFactor, double dropout, double stochasticDepth, Batch batch)
    implements Architecture.Builder {
  /** Pixels that an image must have at least. */
  static final int SMALLEST = 8;

  private static final int FIRST_WIDTH = 32;
  private static final int LAST_FACTOR = 4;

  /** Constants of batch normalisation. */
  enum Batch {
    /** Those of PyTorch. */
    USUAL(1e-5, 0.1),
    /** Those of the larger networks. */
    SLOW(1e-3, 0.01);

    private final double epsilon;
    private final double momentum;

    Batch(double epsilon, double momentum) {
      this.epsilon = epsilon;
      this.momentum = momentum;
    }
  }

  /** A stage: blocks of one width, the first of which may have a stride. */
  private record Stage(int expansion, int kernel, int stride, int width, int depth) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 3, 1, 16, 1),
          new Stage(6, 3, 2, 24, 2),
          new Stage(6, 5, 2, 40, 2),
          new Stage(6, 3, 2, 80, 3),
          new Stage(6, 5, 1, 112, 3),
          new Stage(6, 5, 2, 192, 4),
          new Stage(6, 3, 1, 320, 1));

  @Override
  public Layer network(ImageShape input, int classes) {
    List<Layer> layers = new ArrayList<>();
    int inputs = width(FIRST_WIDTH);
    layers.add(unit("features.0", input.channels(), inputs, padded(3).withStride(2), 1));
    int all = STAGES.stream().mapToInt(stage -> depth(stage.depth())).sum();
    int before = 0;
    for (int stage = 0; stage < STAGES.size(); stage++) {
      Stage values = STAGES.get(stage);
      for (int i = 0; i < depth(values.depth()); i++) {
        String name = "features.%d.%d.block.".formatted(stage + 1, i);
        double drop = stochasticDepth * before / all;
        layers.add(block(name, values, inputs, i == 0 ? values.stride() : 1, drop));
        inputs = width(values.width());
        before++;
      }
    }
    int last = LAST_FACTOR * inputs;
    layers.add(unit("features." + (STAGES.size() + 1), inputs, last, padded(1), 1));
    layers.add(AdaptiveAvgPool2d.global());
    layers.add(new Flatten());
    layers.add(new Dropout(dropout));
    layers.add(
        new Linear(
            "classifier.1",
            last,
            classes,
            Initializer.uniform(1 / Math.sqrt(classes)),
            Initializer.constant(0)));
    return new Sequential(layers);
  }

  private int width(int channels) {
    return Widths.rounded(channels * widthFactor);
  }

  private int depth(int blocks) {
    return (int) Math.ceil(blocks * depthFactor);
  }

  /** Few channels, many in between, which are weighted by what they hold, few. */
  private Layer block(String name, Stage stage, int inputs, int stride, double drop) {
    int inner = Widths.rounded((double) inputs * stage.expansion());
    int outputs = width(stage.width());
    List<Layer> layers = new ArrayList<>();
    if (inner != inputs) {
      layers.add(unit(name + layers.size(), inputs, inner, padded(1), 1));
    }
    Window kernel = padded(stage.kernel()).withStride(stride);
    layers.add(unit(name + layers.size(), inner, inner, kernel, inner));
    layers.add(squeezeExcitation(name + layers.size(), inner, Math.max(1, inputs / 4)));
    layers.add(normalized(name + layers.size(), inner, outputs, padded(1), 1));
    if (stride == 1 && inputs == outputs) {
      layers.add(new StochasticDepth(drop));
      return new Residual(new Sequential(layers), Sequential.of());
    }
    return new Sequential(layers);
  }

  private static Layer squeezeExcitation(String name, int channels, int squeezed) {
    return new Gated(
        Sequential.of(
            AdaptiveAvgPool2d.global(),
            convolution(name + ".fc1", channels, squeezed, padded(1), Bias.ZERO, 1),
            Activation.SILU,
            convolution(name + ".fc2", squeezed, channels, padded(1), Bias.ZERO, 1),
            Activation.SIGMOID));
  }

  private Layer unit(String name, int inputs, int outputs, Window window, int groups) {
    return Sequential.of(normalized(name, inputs, outputs, window, groups), Activation.SILU);
  }

  private Layer normalized(String name, int inputs, int outputs, Window window, int groups) {
    return Sequential.of(
        convolution(name + ".0", inputs, outputs, window, Bias.NONE, groups),
        new BatchNorm2d(name + ".1", outputs, batch.epsilon, batch.momentum));
  }

  private static Layer convolution(
      String name, int inputs, int outputs, Window window, Bias bias, int groups) {
    return new Conv2d(
        name, inputs, outputs, window, bias, Initializer.kaimingNormalFanOut(), groups);
  }

  private static Window padded(int size) {
    return Window.of(size).withPadding(size / 2);
  }
}
