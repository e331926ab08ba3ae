package io.github.smartaug.nn;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Inputs and passes that the tests of this package share. */
final class Passes {
  private Passes() {}

  /** A training pass whose random draws are the same in every call. */
  static Mode.Training training() {
    return Mode.training(RandomStream.seeded(5));
  }

  /** Normal draws, float64. */
  static Tensor normal(long seed, long... shape) {
    RandomStream random = RandomStream.seeded(seed);
    int size = 1;
    for (long length : shape) {
      size = Math.toIntExact(size * length);
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextGaussian();
    }
    return Tensors.of(values, shape);
  }

  /** Normal draws, float32. */
  static Tensor normalFloats(long seed, long... shape) {
    return normal(seed, shape).to(ScalarType.Float);
  }

  /** The same values in float64; counters stay integers. */
  static NamedTensors doubles(NamedTensors tensors) {
    return tensors.map(t -> t.is_floating_point() ? t.to(ScalarType.Double) : t);
  }

  /** A pass of a layer alone, with fresh parameters and buffers of the given type. */
  static ForwardPass of(Layer layer, Mode mode, ScalarType type) {
    NamedTensors parameters = layer.initialParameters(RandomStream.seeded(3));
    NamedTensors buffers = layer.initialBuffers();
    return type == ScalarType.Double
        ? ForwardPass.begin(doubles(parameters), doubles(buffers), mode)
        : ForwardPass.begin(parameters, buffers, mode);
  }
}
