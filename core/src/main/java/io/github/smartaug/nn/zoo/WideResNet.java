package io.github.smartaug.nn.zoo;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.AdaptiveAvgPool2d;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.Initializer;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.ReLU;
import io.github.smartaug.nn.Residual;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Wide residual networks for small images, with normalisation and ReLU before each convolution;
 * Zagoruyko and Komodakis, "Wide Residual Networks", BMVC 2016. Where the shape changes, the
 * shortcut begins behind the first ReLU.
 *
 * @param depth number of convolutions, 4 more than a multiple of 6
 * @param widening factor on the widths 16, 32 and 64
 * @param normalized how values are normalised
 */
record WideResNet(int depth, int widening, Normalized normalized) implements Architecture.Builder {
  /** Pixels that an image must have at least. */
  static final int SMALLEST = 8;

  private static final int FIRST_WIDTH = 16;
  private static final int STAGES = 3;
  private static final Window KERNEL_1 = Window.of(1);
  private static final Window KERNEL_3 = Window.of(3).withPadding(1);

  WideResNet(int depth, int widening) {
    this(depth, widening, Normalized.BY_BATCH);
  }

  @Override
  public Layer network(ImageShape input, int classes) {
    List<Layer> layers = new ArrayList<>();
    layers.add(convolution("conv1", input.channels(), FIRST_WIDTH, KERNEL_3));
    int inputs = FIRST_WIDTH;
    for (int stage = 0; stage < STAGES; stage++) {
      int width = (FIRST_WIDTH << stage) * widening;
      for (int i = 0; i < (depth - 4) / 6; i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        layers.add(block("block%d.layer.%d".formatted(stage + 1, i), inputs, width, stride));
        inputs = width;
      }
    }
    layers.add(normalized.normalization("bn1", inputs));
    layers.add(new ReLU());
    layers.add(AdaptiveAvgPool2d.global());
    layers.add(new Flatten());
    layers.add(
        new Linear("fc", inputs, classes, Initializer.kaimingUniform(), Initializer.constant(0)));
    return new Sequential(layers);
  }

  private Layer block(String name, int inputs, int outputs, int stride) {
    Layer activation = Sequential.of(normalized.normalization(name + ".bn1", inputs), new ReLU());
    Layer convolutions =
        Sequential.of(
            convolution(name + ".conv1", inputs, outputs, KERNEL_3.withStride(stride)),
            normalized.normalization(name + ".bn2", outputs),
            new ReLU(),
            convolution(name + ".conv2", outputs, outputs, KERNEL_3));
    if (stride == 1 && inputs == outputs) {
      return new Residual(Sequential.of(activation, convolutions), Sequential.of());
    }
    Layer shortcut =
        convolution(name + ".convShortcut", inputs, outputs, KERNEL_1.withStride(stride));
    return Sequential.of(activation, new Residual(convolutions, shortcut));
  }

  private Layer convolution(String name, int inputs, int outputs, Window window) {
    return normalized.convolution(name, inputs, outputs, window, 1);
  }
}
