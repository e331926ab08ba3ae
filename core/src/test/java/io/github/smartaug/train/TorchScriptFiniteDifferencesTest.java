package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.loss.CrossEntropy;
import io.github.smartaug.meta.Checkpointed;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Script;
import io.github.smartaug.nn.TorchScriptModel;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three inner steps of a smooth TorchScript model with batch normalisation, in float64, against
 * finite differences of the whole run. What is learned: how much each image counts, and how far a
 * pattern is mixed into the images.
 */
class TorchScriptFiniteDifferencesTest {
  private static final int STEPS = 3;
  private static final int IMAGES = 4;
  private static final double WIDTH = 1e-5;

  private final TensorScope scope = TensorScope.open();

  @TempDir Path folder;
  private Model model;
  private InnerState start;
  private Batch training;
  private Batch validation;
  private Tensor pattern;

  @BeforeEach
  void prepare() {
    ImageShape shape = new ImageShape(2, 5, 5);
    model = TorchScriptModel.read(smooth(), shape, 3, Devices.parse("cpu"));
    RandomStream random = RandomStream.seeded(4);
    start =
        new InnerState(
            doubles(model.initialParameters(random)),
            OptimizerState.initial(),
            doubles(model.initialBuffers()));
    training = new Batch(normal(random, IMAGES, 2, 5, 5), Tensors.of(new long[] {0, 1, 2, 1}, 4));
    validation = new Batch(normal(random, IMAGES, 2, 5, 5), Tensors.of(new long[] {2, 0, 1, 1}, 4));
    pattern = normal(random, 1, 2, 5, 5);
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  private Path smooth() {
    RandomStream random = RandomStream.seeded(2);
    Script.Unit unit = new Script.Unit();
    Script normalization =
        unit.module("BatchNorm2d")
            .parameter("weight", leaf(normal(random, 4)))
            .parameter("bias", leaf(normal(random, 4)))
            .buffer("running_mean", torch.zeros(4))
            .buffer("running_var", torch.ones(4))
            .forward(
                "return torch.batch_norm(x, self.weight, self.bias, self.running_mean,"
                    + " self.running_var, self.training, 0.1, 1e-05, True)");
    return unit.module("Network")
        .parameter("filters", leaf(normal(random, 4, 2, 3, 3)))
        .parameter("head", leaf(normal(random, 3, 4)))
        .inner("norm", normalization)
        .forward(
            "x = torch.tanh(self.norm.forward(torch.conv2d(x, self.filters)))",
            "return torch.matmul(x.square().mean([2, 3]), self.head.t())")
        .save(folder.resolve("smooth.pt"));
  }

  @Test
  void the_hypergradient_is_that_of_finite_differences_of_the_whole_run() {
    NamedTensors meta =
        NamedTensors.of("weights", Tensors.of(new double[] {0.1, -0.2, 0.3, 0}, IMAGES))
            .with(NamedTensors.of("mixing", Tensors.of(new double[] {0.4})));
    for (HypergradientEstimator estimator : List.of(new Unrolled(), new Checkpointed())) {
      try (Trajectory trajectory = run(estimator, meta)) {
        NamedTensors gradient = trajectory.hypergradient(this::outerLoss).gradient();
        for (String name : meta.names()) {
          double[] expected = finiteDifferences(meta, name);
          double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
          assertThat(largest).isGreaterThan(1e-4);
          assertThat(Tensors.toDoubles(gradient.get(name)))
              .as("%s of %s", name, estimator)
              .containsExactly(expected, within(1e-6 * largest));
        }
      }
    }
  }

  private double[] finiteDifferences(NamedTensors meta, String name) {
    double[] values = Tensors.toDoubles(meta.get(name));
    double[] differences = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double above = outerLossWith(meta, name, i, WIDTH);
      double below = outerLossWith(meta, name, i, -WIDTH);
      differences[i] = (above - below) / (2 * WIDTH);
    }
    return differences;
  }

  private double outerLossWith(NamedTensors meta, String name, int index, double by) {
    double[] values = Tensors.toDoubles(meta.get(name));
    values[index] += by;
    Tensor changed = Tensors.of(values, meta.get(name).shape());
    try (Trajectory trajectory = run(new Unrolled(), meta.with(NamedTensors.of(name, changed)))) {
      InnerState end = trajectory.state();
      return Tensors.item(outerLoss(end.parameters(), end.buffers(), meta));
    }
  }

  private Trajectory run(HypergradientEstimator estimator, NamedTensors meta) {
    InnerStep step = new InnerStep(new DifferentiableSgd(), Optional.of(new GradientClipping(0.2)));
    Hyperparameters hyperparameters =
        new DifferentiableSgd()
            .defaults()
            .with(Hyperparameters.LEARNING_RATE, 0.3)
            .with(Hyperparameters.MOMENTUM, 0.9);
    Trajectory trajectory = estimator.start(step, start, meta, STEPS);
    for (int i = 0; i < STEPS; i++) {
      trajectory.step(this::innerLoss, hyperparameters);
    }
    return trajectory;
  }

  private InnerObjective.Evaluation innerLoss(
      NamedTensors parameters, NamedTensors buffers, NamedTensors meta) {
    Tensor images = training.images().add(pattern.mul(meta.get("mixing")));
    Model.Output output =
        model.forward(images, parameters, buffers, Mode.training(RandomStream.seeded(1)));
    Tensor losses =
        output.logits().log_softmax(1).gather(1, training.labels().unsqueeze(1)).neg().squeeze(1);
    return new InnerObjective.Evaluation(
        losses.mul(meta.get("weights").exp()).mean(), output.buffers());
  }

  /** With the statistics of the start: those that a script leaves behind have no history. */
  private Tensor outerLoss(NamedTensors parameters, NamedTensors buffers, NamedTensors meta) {
    Tensor logits =
        model.forward(validation.images(), parameters, start.buffers(), Mode.evaluation()).logits();
    return CrossEntropy.mean(logits, validation.labels());
  }

  private static NamedTensors doubles(NamedTensors tensors) {
    return tensors.map((Tensor t) -> t.to(ScalarType.Double));
  }

  private static Tensor normal(RandomStream random, long... shape) {
    int size = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    double[] values = new double[size];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Tensors.of(values, shape);
  }

  private static Tensor leaf(Tensor value) {
    return value.to(ScalarType.Float).requires_grad_(true);
  }
}
