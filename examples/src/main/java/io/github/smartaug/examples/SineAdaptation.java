package io.github.smartaug.examples;

import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.MetaLearner;
import io.github.smartaug.meta.OuterObjective;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
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

    Tensor loss(NamedTensors correction, NamedTensors shared) {
      NamedTensors weights = correction.combine(shared, Tensor::add);
      Tensor hidden = x.matmul(weights.get("w1")).add(weights.get("b1")).tanh();
      hidden = hidden.matmul(weights.get("w2")).tanh();
      return hidden.matmul(weights.get("w3")).sub(y).square().mean();
    }
  }

  /** Prints the mean loss after adaptation, over the first and the last hundred tasks. */
  public static void main(String[] arguments) {
    double[] losses = new SineAdaptation().learn(1000);
    System.out.println(mean(losses, 0) + " to " + mean(losses, 900));
  }

  /** The loss on ten points of each task, after adaptation to ten others. */
  public double[] learn(int tasks) {
    TorchRuntime.seed(1);
    double[] losses = new double[tasks];
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors initial = initialWeights();
      NamedTensors zeros = initial.map(torch::zeros_like);
      try (MetaLearner learner =
          MetaLearner.builder()
              .setInnerStep(new InnerStep(new DifferentiableSgd(), Optional.empty()))
              .setHyperparameters(
                  new DifferentiableSgd().defaults().with(Hyperparameters.LEARNING_RATE, 0.05))
              .setParameters(zeros)
              .setMetaParameters(initial)
              .optMetaLearningRate(0.003)
              .build()) {
        for (int i = 0; i < tasks; i++) {
          try (TensorScope taskScope = TensorScope.open()) {
            Task task = task();
            InnerObjective adaptation = InnerObjective.of(task.part(0)::loss);
            OuterObjective generalisation = OuterObjective.of(task.part(POINTS)::loss);
            learner.restart(zeros);
            losses[i] =
                learner.cycle(Collections.nCopies(STEPS, adaptation), generalisation).outerLoss();
          }
        }
      }
    }
    return losses;
  }

  private static NamedTensors initialWeights() {
    Scalar narrow = new Scalar(1 / Math.sqrt(HIDDEN));
    return NamedTensors.of("w1", torch.randn(1, HIDDEN))
        .with(NamedTensors.of("b1", torch.randn(HIDDEN)))
        .with(NamedTensors.of("w2", torch.randn(HIDDEN, HIDDEN).mul(narrow)))
        .with(NamedTensors.of("w3", torch.randn(HIDDEN, 1).mul(narrow)));
  }

  private Task task() {
    Tensor x = torch.rand(2 * POINTS, 1).mul(new Scalar(10.0)).sub(new Scalar(5.0));
    Tensor wave = x.sub(new Scalar(random.nextDouble(0, Math.PI))).sin();
    return new Task(x, wave.mul(new Scalar(random.nextDouble(0.1, 5))));
  }

  static double mean(double[] losses, int from) {
    return Arrays.stream(losses, from, from + 100).average().orElseThrow();
  }
}
