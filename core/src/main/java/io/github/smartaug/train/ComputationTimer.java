package io.github.smartaug.train;

import io.github.smartaug.nn.Computation;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.bytedeco.pytorch.Tensor;

/**
 * Measures how long the gradient of a training batch takes when a model computes in several ways.
 * Draws from random numbers of its own.
 */
public final class ComputationTimer {
  /** Passes of each way: one that is not measured, and those of which the fastest counts. */
  public static final int PASSES = 4;

  private final Model model;
  private final int images;
  private final LongSupplier nanoseconds;

  /**
   * A timer.
   *
   * @param model to measure, on the CPU
   * @param images in a batch
   */
  public ComputationTimer(Model model, int images) {
    this(model, images, System::nanoTime);
  }

  ComputationTimer(Model model, int images, LongSupplier nanoseconds) {
    this.model = model;
    this.images = images;
    this.nanoseconds = nanoseconds;
  }

  /** Seconds of each, in the same order. They alternate, so that other work meets all of them. */
  public Map<Computation, Double> seconds(List<Computation> ways) {
    Map<Computation, Double> fastest = new LinkedHashMap<>();
    try (TensorScope scope = TensorScope.open()) {
      RandomStream random = RandomStream.seeded(0);
      Tensor batch = images(random);
      NamedTensors parameters = model.initialParameters(random);
      NamedTensors buffers = model.initialBuffers();
      for (int pass = 0; pass < PASSES; pass++) {
        for (Computation way : ways) {
          long start = nanoseconds.getAsLong();
          gradient(way.of(model), batch, parameters, buffers);
          double taken = (nanoseconds.getAsLong() - start) / 1e9;
          if (pass == 0) {
            fastest.put(way, Double.POSITIVE_INFINITY);
          } else {
            fastest.merge(way, taken, Math::min);
          }
        }
      }
    }
    return fastest;
  }

  private static void gradient(
      Model way, Tensor batch, NamedTensors parameters, NamedTensors buffers) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaves = parameters.asLeaves();
      Mode mode = Mode.training(RandomStream.seeded(0));
      Tensor logits = way.forward(batch, leaves, buffers, mode).logits();
      Tensors.gradients(logits.logsumexp(1).mean(), leaves);
    }
  }

  private Tensor images(RandomStream random) {
    long[] shape = {
      images, model.input().channels(), model.input().height(), model.input().width()
    };
    float[] values = new float[Math.toIntExact(shape[0] * shape[1] * shape[2] * shape[3])];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return Tensors.of(values, shape);
  }
}
