package io.github.smartaug.train;

import io.github.smartaug.nn.Computation;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.train.PassCounts.PassKind;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Measures how long what a run does with a model takes when the model computes in several ways:
 * each kind of pass by itself, counted as often as it happens. Draws from random numbers of its
 * own.
 */
public final class ComputationTimer {
  /**
   * Passes of each kind in each way: one that is not measured, and those of which the fastest
   * counts.
   */
  public static final int PASSES = 4;

  private final Model model;
  private final int images;
  private final PassCounts passes;
  private final LongSupplier nanoseconds;

  /**
   * A timer.
   *
   * @param model to measure, on the CPU
   * @param images in a batch
   * @param passes what the run does
   */
  public ComputationTimer(Model model, int images, PassCounts passes) {
    this(model, images, passes, clock(TorchRuntime.threads()));
  }

  /**
   * Of one thread, the time that it ran: other processes on its core make the clock on the wall
   * tell nothing. Of several, which wait for each other, the clock on the wall.
   */
  static LongSupplier clock(int threads) {
    ThreadMXBean running = ManagementFactory.getThreadMXBean();
    return threads == 1 && running.isCurrentThreadCpuTimeSupported()
        ? running::getCurrentThreadCpuTime
        : System::nanoTime;
  }

  ComputationTimer(Model model, int images, PassCounts passes, LongSupplier nanoseconds) {
    this.model = model;
    this.images = images;
    this.passes = passes;
    this.nanoseconds = nanoseconds;
  }

  /**
   * Seconds of each for a batch of so many images as the run has on average, in the same order.
   * They alternate, so that other work meets all of them.
   */
  public Map<Computation, Double> seconds(List<Computation> ways) {
    Map<Computation, Double> sum = new LinkedHashMap<>();
    try (TensorScope scope = TensorScope.open()) {
      RandomStream random = RandomStream.seeded(0);
      Workload workload =
          new Workload(
              images(random),
              model.initialParameters(random),
              model.initialParameters(random),
              model.initialBuffers());
      passes
          .shares()
          .forEach(
              (pass, share) ->
                  fastest(pass, ways, workload)
                      .forEach((way, taken) -> sum.merge(way, share * taken, Double::sum)));
    }
    return sum;
  }

  private Map<Computation, Double> fastest(
      PassKind pass, List<Computation> ways, Workload workload) {
    Map<Computation, Double> fastest = new LinkedHashMap<>();
    for (int round = 0; round < PASSES; round++) {
      for (Computation way : ways) {
        long start = nanoseconds.getAsLong();
        workload.run(pass, way.of(model));
        double taken = (nanoseconds.getAsLong() - start) / 1e9;
        if (round == 0) {
          fastest.put(way, Double.POSITIVE_INFINITY);
        } else {
          fastest.merge(way, taken, Math::min);
        }
      }
    }
    return fastest;
  }

  /**
   * What passes are made of.
   *
   * @param direction one tensor per parameter
   */
  private record Workload(
      Tensor batch, NamedTensors parameters, NamedTensors direction, NamedTensors buffers) {
    void run(PassKind pass, Model way) {
      try (TensorScope scope = TensorScope.open()) {
        switch (pass) {
          case GRADIENT -> differentiate(way, training());
          case VALIDATION -> differentiate(way, Mode.evaluation());
          case SECOND_DERIVATIVE -> differentiateTwice(way);
          case EVALUATION -> evaluate(way);
        }
      }
    }

    /** The same draws each time. */
    private static Mode training() {
      return Mode.training(RandomStream.seeded(0));
    }

    private void differentiate(Model way, Mode mode) {
      NamedTensors leaves = parameters.asLeaves();
      Tensors.gradients(loss(way.forward(batch, leaves, buffers, mode).logits()), leaves);
    }

    private void evaluate(Model way) {
      try (NoGradGuard constant = new NoGradGuard()) {
        way.forward(batch, parameters, buffers, Mode.evaluation());
      }
    }

    private void differentiateTwice(Model way) {
      NamedTensors leaves = parameters.asLeaves();
      NamedTensors changed = NamedTensors.of("images", batch).asLeaves();
      Tensor given = changed.get("images");
      Optional<Model.Linearized> linearized = way.linearize(given, leaves, buffers, training());
      if (linearized.isEmpty()) {
        Tensor loss = loss(way.forward(given, leaves, buffers, training()).logits());
        List<Tensor> gradients = Tensors.differentiableGradients(loss, leaves).tensors();
        Tensors.vectorJacobianProduct(gradients, changed.tensors(), direction.tensors());
        return;
      }
      try (Model.Linearized pass = linearized.get()) {
        NamedTensors logits = NamedTensors.of("logits", pass.output().logits());
        Tensor gradient =
            Tensors.differentiableGradients(loss(logits.get("logits")), logits).get("logits");
        Tensors.gradients(gradient.mul(pass.tangent(direction)).sum(), changed);
      }
    }

    private static Tensor loss(Tensor logits) {
      return logits.logsumexp(1).mean();
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
