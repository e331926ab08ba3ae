package io.github.smartaug.nn;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Stands for a source of draws where only the shapes of parameters matter: an {@link Initializer}
 * that gets it makes a tensor without values.
 */
final class ShapesOnly implements RandomGenerator {
  private static final String META = "meta";

  @Override
  public long nextLong() {
    throw new IllegalStateException("drawn from a source that gives shapes only");
  }

  /** A float32 tensor without values. */
  static Tensor tensor(long... shape) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor one = Tensors.of(new float[1]);
      return scope.keep(like(one).expand(shape));
    }
  }

  /** A tensor of the shape and type of another, without values. */
  static Tensor like(Tensor tensor) {
    try (TensorScope scope = TensorScope.open()) {
      ScalarType type = tensor.scalar_type();
      return scope.keep(tensor.to(new Device(META), type));
    }
  }
}
