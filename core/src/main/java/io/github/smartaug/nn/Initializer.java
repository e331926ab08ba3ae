package io.github.smartaug.nn;

import io.github.smartaug.tensor.MemoryNeed;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/** How the first values of a parameter are drawn. */
@FunctionalInterface
public interface Initializer {
  /**
   * Draws a tensor.
   *
   * @param shape of a weight: [outputs, inputs] or [outputs, inputs, height, width]
   * @return float32, CPU
   */
  Tensor draw(RandomGenerator random, long... shape);

  /** Always the same value; draws nothing. */
  static Initializer constant(float value) {
    return each(random -> value);
  }

  /**
   * Uniform in [-bound, bound).
   *
   * @param bound positive
   */
  static Initializer uniform(double bound) {
    return each(random -> bound * (2.0 * random.nextFloat() - 1.0));
  }

  /**
   * PyTorch's default for the weights of convolutions and linear layers, {@code kaiming_uniform}
   * with {@code a = sqrt(5)}: uniform within {@code 1/sqrt(fanIn)}.
   */
  static Initializer kaimingUniform() {
    return (random, shape) -> uniform(1 / Math.sqrt(fanIn(shape))).draw(random, shape);
  }

  /**
   * Normal with the variance {@code 2/fanOut}, which keeps the size of gradients through ReLU; He
   * et al., "Delving Deep into Rectifiers", ICCV 2015.
   */
  static Initializer kaimingNormalFanOut() {
    return (random, shape) -> normal(Math.sqrt(2.0 / fanOut(shape))).draw(random, shape);
  }

  /** Normal with the variance {@code 2/fanIn}, which keeps the size of values through ReLU. */
  static Initializer kaimingNormalFanIn() {
    return (random, shape) -> normal(Math.sqrt(2.0 / fanIn(shape))).draw(random, shape);
  }

  /**
   * Uniform with the variance {@code 2/(fanIn + fanOut)}; Glorot and Bengio, "Understanding the
   * difficulty of training deep feedforward neural networks", AISTATS 2010.
   */
  static Initializer xavierUniform() {
    return (random, shape) ->
        uniform(Math.sqrt(6.0 / (fanIn(shape) + fanOut(shape)))).draw(random, shape);
  }

  /** Normal with the mean 0. */
  static Initializer normal(double standardDeviation) {
    return each(random -> standardDeviation * random.nextGaussian());
  }

  /** Every value drawn by itself, in row-major order. */
  private static Initializer each(ToDoubleFunction<RandomGenerator> value) {
    return (random, shape) -> {
      if (random instanceof ShapesOnly) {
        return ShapesOnly.tensor(shape);
      }
      float[] values = new float[elementCount(shape)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) value.applyAsDouble(random);
      }
      return Tensors.of(values, shape);
    };
  }

  /** Number of inputs that one output is a sum of. */
  private static double fanIn(long[] shape) {
    return (double) elementCount(shape) / shape[0];
  }

  /** Number of outputs that one input contributes to. */
  private static double fanOut(long[] shape) {
    return (double) elementCount(shape) / shape[1];
  }

  private static int elementCount(long[] shape) {
    double elements =
        Arrays.stream(shape).mapToDouble(size -> (double) size).reduce(1, (a, b) -> a * b);
    MemoryNeed.requireOfHeap("a parameter " + Arrays.toString(shape), elements * Float.BYTES);
    if (elements > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a parameter %s, allowed: at most %d numbers"
              .formatted(Arrays.toString(shape), Integer.MAX_VALUE));
    }
    return (int) elements;
  }
}
