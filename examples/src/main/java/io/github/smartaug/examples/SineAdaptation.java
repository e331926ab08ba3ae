package io.github.smartaug.examples;

import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.MetaLearner;
import io.github.smartaug.meta.OuterObjective;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.Sgd;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.RandomStream;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Learns initial weights from which a few gradient steps on a few points fit any sine wave; Finn et
 * al., "Model-agnostic meta-learning for fast adaptation of deep networks", ICML 2017.
 *
 * <p>The meta parameters are the initial weights; the inner steps train a task's correction to
 * them, which starts at zero: gradient descent on the sum moves as it would on the weights.
 */
public final class SineAdaptation {
  private static final int POINTS = 10;
  private static final int HIDDEN = 40;
  private static final int STEPS = 3;
  private final RandomStream random = RandomStream.seeded(1);

  /** Points of a sine wave of random amplitude and phase, [n,1] each. */
  private record Task(Tensor x, Tensor y) {
    Task part(long first) {
      return new Task(x.narrow(0, first, POINTS), y.narrow(0, first, POINTS));
    }

    Tensor loss(NamedTensors weights) {
      Tensor one = x.matmul(weights.get("w1")).add(weights.get("b1")).tanh();
      Tensor two = one.matmul(weights.get("w2")).add(weights.get("b2")).tanh();
      return two.matmul(weights.get("w3")).sub(y).square().mean();
    }
  }

  /** Prints the mean loss after adaptation, over the first and the last hundred tasks. */
  public static void main(String[] arguments) {
    double[] losses = new SineAdaptation().learn(1000);
    System.out.printf(Locale.ROOT, "first %.3f last %.3f%n", mean(losses, 0), mean(losses, 900));
  }

  /** The loss on fresh points of each task, after adaptation to ten others. */
  public double[] learn(int tasks) {
    double[] losses = new double[tasks];
    try (Scope scope = Scope.open()) {
      NamedTensors initial = initialWeights();
      NamedTensors zeros = initial.map(torch::zeros_like);
      try (MetaLearner learner =
          MetaLearner.builder()
              .setInnerStep(new InnerStep(new Sgd(), Optional.empty()))
              .setHyperparameters(new Sgd().defaults().with(Hyperparameters.LEARNING_RATE, 0.05))
              .setParameters(zeros)
              .setMetaParameters(initial)
              .optMetaLearningRate(0.003)
              .build()) {
        for (int i = 0; i < tasks; i++) {
          try (Scope taskScope = Scope.open()) {
            Task task = task();
            InnerObjective adaptation =
                InnerObjective.of((own, shared) -> task.part(0).loss(sum(own, shared)));
            OuterObjective generalisation =
                OuterObjective.of((own, shared) -> task.part(POINTS).loss(sum(own, shared)));
            learner.restart(zeros);
            losses[i] =
                learner.cycle(Collections.nCopies(STEPS, adaptation), generalisation).outerLoss();
          }
        }
      }
    }
    return losses;
  }

  private static NamedTensors sum(NamedTensors own, NamedTensors shared) {
    return own.combine(shared, Tensor::add);
  }

  private NamedTensors initialWeights() {
    return NamedTensors.of("w1", gaussian(1, 1, HIDDEN))
        .with(NamedTensors.of("b1", gaussian(1, HIDDEN)))
        .with(NamedTensors.of("w2", gaussian(1 / Math.sqrt(HIDDEN), HIDDEN, HIDDEN)))
        .with(NamedTensors.of("b2", gaussian(0.1, HIDDEN)))
        .with(NamedTensors.of("w3", gaussian(1 / Math.sqrt(HIDDEN), HIDDEN, 1)));
  }

  private Tensor gaussian(double scale, long... shape) {
    int size = (int) (shape.length == 1 ? shape[0] : shape[0] * shape[1]);
    double[] values = new double[size];
    Arrays.setAll(values, i -> scale * random.nextGaussian());
    return Tensors.of(values, shape);
  }

  private Task task() {
    double amplitude = random.nextDouble(0.1, 5);
    double phase = random.nextDouble(0, Math.PI);
    double[] x = random.doubles(2 * POINTS, -5, 5).toArray();
    double[] y = Arrays.stream(x).map(v -> amplitude * Math.sin(v - phase)).toArray();
    return new Task(Tensors.of(x, x.length, 1), Tensors.of(y, y.length, 1));
  }

  static double mean(double[] losses, int from) {
    return Arrays.stream(losses, from, from + 100).average().orElseThrow();
  }
}
