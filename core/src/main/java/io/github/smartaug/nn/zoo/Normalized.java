package io.github.smartaug.nn.zoo;

import io.github.smartaug.nn.AuxiliaryBatchNorm2d;
import io.github.smartaug.nn.BatchNorm2d;
import io.github.smartaug.nn.Bias;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.DecorrelatedConv2d;
import io.github.smartaug.nn.Initializer;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.Window;

/** How the values between the layers of a residual network are normalised. */
enum Normalized {
  /** By batch normalisation. */
  BY_BATCH {
    @Override
    Layer normalization(String name, int channels) {
      return new BatchNorm2d(name, channels);
    }
  },
  /** By batch normalisation with running statistics for clean and for augmented images. */
  BY_KIND_OF_IMAGES {
    @Override
    Layer normalization(String name, int channels) {
      return new AuxiliaryBatchNorm2d(name, channels);
    }
  },
  /** By convolutions that decorrelate their inputs; nothing stands behind them. */
  BY_DECORRELATION {
    @Override
    Layer normalization(String name, int channels) {
      return Sequential.of();
    }

    @Override
    Layer convolution(String name, int inputs, int outputs, Window window, int groups) {
      return new DecorrelatedConv2d(name, inputs, outputs, window);
    }
  };

  /** What stands behind (or, with pre-activation, before) a convolution. */
  abstract Layer normalization(String name, int channels);

  /** A convolution. */
  Layer convolution(String name, int inputs, int outputs, Window window, int groups) {
    return new Conv2d(
        name, inputs, outputs, window, Bias.NONE, Initializer.kaimingNormalFanOut(), groups);
  }
}
