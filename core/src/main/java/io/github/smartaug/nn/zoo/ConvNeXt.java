package io.github.smartaug.nn.zoo;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Activation;
import io.github.smartaug.nn.AdaptiveAvgPool2d;
import io.github.smartaug.nn.Bias;
import io.github.smartaug.nn.ChannelOrder;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.Initializer;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.LayerNorm;
import io.github.smartaug.nn.LayerScale;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.Residual;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.StochasticDepth;
import io.github.smartaug.nn.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Liu et al., "A ConvNet for the 2020s", CVPR 2022, as in torchvision.
 *
 * @param depths number of blocks of each stage
 * @param firstWidth channels of the first stage; each further one has twice as many
 * @param stochasticDepth rate of the last block
 */
record ConvNeXt(List<Integer> depths, int firstWidth, double stochasticDepth)
    implements Architecture.Builder {
  /** Pixels that an image must have at least: it is divided by 4 and three times by 2. */
  static final int SMALLEST = 32;

  private static final double EPSILON = 1e-6;
  private static final float FIRST_SCALE = 1e-6f;
  private static final int EXPANSION = 4;
  private static final Initializer WEIGHT = Initializer.normal(0.02);

  @Override
  public Layer network(ImageShape input, int classes) {
    List<Layer> layers = new ArrayList<>();
    layers.add(patches("features.0.0", input.channels(), firstWidth, 4));
    layers.add(normalization("features.0.1", firstWidth));
    int width = firstWidth;
    int last = depths.stream().mapToInt(Integer::intValue).sum() - 1;
    int before = 0;
    for (int stage = 0; stage < depths.size(); stage++) {
      if (stage > 0) {
        String name = "features." + 2 * stage;
        layers.add(normalization(name + ".0", width));
        layers.add(patches(name + ".1", width, 2 * width, 2));
        width *= 2;
      }
      for (int i = 0; i < depths.get(stage); i++) {
        double drop = stochasticDepth * before / last;
        layers.add(block("features.%d.%d.".formatted(2 * stage + 1, i), width, drop));
        before++;
      }
    }
    layers.add(AdaptiveAvgPool2d.global());
    layers.add(normalization("classifier.0", width));
    layers.add(new Flatten());
    layers.add(linear("classifier.2", width, classes));
    return new Sequential(layers);
  }

  private static Layer block(String name, int width, double drop) {
    Layer main =
        Sequential.of(
            new Conv2d(
                name + "block.0",
                width,
                width,
                Window.of(7).withPadding(3),
                Bias.ZERO,
                WEIGHT,
                width),
            ChannelOrder.LAST,
            new LayerNorm(name + "block.2", width, EPSILON),
            linear(name + "block.3", width, EXPANSION * width),
            Activation.GELU,
            linear(name + "block.5", EXPANSION * width, width),
            ChannelOrder.FIRST);
    Layer scaled = new LayerScale(name + "layer_scale", width, FIRST_SCALE, main);
    return new Residual(Sequential.of(scaled, new StochasticDepth(drop)), Sequential.of());
  }

  private static Layer patches(String name, int inputs, int outputs, int size) {
    return new Conv2d(name, inputs, outputs, Window.of(size).withStride(size), Bias.ZERO, WEIGHT);
  }

  private static Layer normalization(String name, int width) {
    return Sequential.of(
        ChannelOrder.LAST, new LayerNorm(name, width, EPSILON), ChannelOrder.FIRST);
  }

  private static Layer linear(String name, int inputs, int outputs) {
    return new Linear(name, inputs, outputs, WEIGHT, Initializer.constant(0));
  }
}
