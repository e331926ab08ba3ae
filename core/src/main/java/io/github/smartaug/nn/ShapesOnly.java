package io.github.smartaug.nn;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * Stands for a source of draws where only the shapes of parameters matter: an {@link Initializer}
 * that gets it makes a tensor that takes no memory.
 */
final class ShapesOnly implements RandomGenerator {
  @Override
  public long nextLong() {
    throw new IllegalStateException("drawn from a source that gives shapes only");
  }

  /** A float32 tensor all of whose values are one number in memory, zero. */
  static Tensor tensor(long... shape) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(Tensors.of(new float[1]).expand(shape));
    }
  }

  /** A tensor of the shape of what a convolution makes of images. */
  static Tensor convolved(Tensor images, int outputs, Window window) {
    return tensor(
        images.size(0),
        outputs,
        window.positions(Math.toIntExact(images.size(2))),
        window.positions(Math.toIntExact(images.size(3))));
  }

  /** A tensor of the input's shape with another last dimension. */
  static Tensor withLast(Tensor input, long size) {
    long[] shape = input.shape();
    shape[shape.length - 1] = size;
    return tensor(shape);
  }
}
