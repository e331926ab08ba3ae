package io.github.smartaug.nn.zoo;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.AdaptiveAvgPool2d;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.MaxPool2d;
import io.github.smartaug.nn.ReLU;
import io.github.smartaug.nn.Residual;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual networks; He et al., "Deep Residual Learning for Image Recognition", CVPR 2016; with
 * groups, Xie et al., "Aggregated Residual Transformations", CVPR 2017; with wide blocks, Zagoruyko
 * and Komodakis, "Wide Residual Networks", BMVC 2016. Names, layouts and initialisation are
 * torchvision's, so its state dictionaries fit.
 *
 * @param block what the stages are made of
 * @param depths number of blocks of each stage
 * @param stem how the images enter
 * @param normalized how values are normalised
 * @param groups of the 3x3 convolution in a bottleneck
 * @param groupWidth channels of a group for each 64 of the stage
 */
record ResNet(
    Block block, List<Integer> depths, Stem stem, Normalized normalized, int groups, int groupWidth)
    implements Architecture.Builder {
  /** Pixels that an image must have at least. */
  static final int SMALLEST = 8;

  private static final int FIRST_WIDTH = 64;
  private static final Window KERNEL_1 = Window.of(1);
  private static final Window KERNEL_3 = Window.of(3).withPadding(1);
  private static final Window KERNEL_7 = Window.of(7).withPadding(3);

  /** A network of blocks of usual width, normalised by the batch. */
  ResNet(Block block, List<Integer> depths, Stem stem) {
    this(block, depths, stem, Normalized.BY_BATCH, 1, FIRST_WIDTH);
  }

  ResNet normalized(Normalized how) {
    return new ResNet(block, depths, stem, how, groups, groupWidth);
  }

  ResNet grouped(int count, int width) {
    return new ResNet(block, depths, stem, normalized, count, width);
  }

  /** What a stage is made of. */
  enum Block {
    /** Two 3x3 convolutions. */
    BASIC(1),
    /** A 3x3 convolution between two of 1x1; four times as many channels leave it. */
    BOTTLENECK(4);

    private final int expansion;

    Block(int expansion) {
      this.expansion = expansion;
    }
  }

  /** How the images enter the network. */
  enum Stem {
    /** A 7x7 convolution with stride 2 and a 3x3 max-pool with stride 2, as for ImageNet. */
    LARGE_IMAGES,
    /** A 3x3 convolution with stride 1 and no pool, as is usual for CIFAR-10. */
    SMALL_IMAGES
  }

  @Override
  public Layer network(ImageShape input, int classes) {
    List<Layer> layers = new ArrayList<>(stem(input.channels()));
    int inputs = FIRST_WIDTH;
    for (int stage = 0; stage < depths.size(); stage++) {
      int width = FIRST_WIDTH << stage;
      for (int i = 0; i < depths.get(stage); i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        layers.add(block("layer%d.%d".formatted(stage + 1, i), inputs, width, stride));
        inputs = width * block.expansion;
      }
    }
    layers.add(AdaptiveAvgPool2d.global());
    layers.add(new Flatten());
    layers.add(new Linear("fc", inputs, classes));
    return new Sequential(layers);
  }

  private List<Layer> stem(int channels) {
    Layer normalization = normalized.normalization("bn1", FIRST_WIDTH);
    return switch (stem) {
      case SMALL_IMAGES ->
          List.of(convolution("conv1", channels, FIRST_WIDTH, KERNEL_3), normalization, new ReLU());
      case LARGE_IMAGES ->
          List.of(
              convolution("conv1", channels, FIRST_WIDTH, KERNEL_7.withStride(2)),
              normalization,
              new ReLU(),
              new MaxPool2d(KERNEL_3.withStride(2)));
    };
  }

  /** Convolutions around which the input is led, unchanged if it has the same shape. */
  Layer block(String name, int inputs, int width, int stride) {
    Layer main =
        switch (block) {
          case BASIC ->
              Sequential.of(
                  convolution(name + ".conv1", inputs, width, KERNEL_3.withStride(stride)),
                  normalized.normalization(name + ".bn1", width),
                  new ReLU(),
                  convolution(name + ".conv2", width, width, KERNEL_3),
                  normalized.normalization(name + ".bn2", width));
          case BOTTLENECK -> bottleneck(name, inputs, width, stride);
        };
    int outputs = width * block.expansion;
    boolean sameShape = stride == 1 && inputs == outputs;
    Layer shortcut =
        sameShape ? Sequential.of() : downsample(name + ".downsample", inputs, outputs, stride);
    return Sequential.of(new Residual(main, shortcut), new ReLU());
  }

  private Layer bottleneck(String name, int inputs, int width, int stride) {
    int inner = width * groupWidth / FIRST_WIDTH * groups;
    int outputs = width * block.expansion;
    return Sequential.of(
        convolution(name + ".conv1", inputs, inner, KERNEL_1),
        normalized.normalization(name + ".bn1", inner),
        new ReLU(),
        normalized.convolution(name + ".conv2", inner, inner, KERNEL_3.withStride(stride), groups),
        normalized.normalization(name + ".bn2", inner),
        new ReLU(),
        convolution(name + ".conv3", inner, outputs, KERNEL_1),
        normalized.normalization(name + ".bn3", outputs));
  }

  private Layer downsample(String name, int inputs, int outputs, int stride) {
    return Sequential.of(
        convolution(name + ".0", inputs, outputs, KERNEL_1.withStride(stride)),
        normalized.normalization(name + ".1", outputs));
  }

  private Layer convolution(String name, int inputs, int outputs, Window window) {
    return normalized.convolution(name, inputs, outputs, window, 1);
  }
}
