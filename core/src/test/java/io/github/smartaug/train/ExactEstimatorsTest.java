package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.meta.Checkpointed;
import io.github.smartaug.meta.Forward;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Truncated;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.AdaptiveAvgPool2d;
import io.github.smartaug.nn.BatchNorm2d;
import io.github.smartaug.nn.Bias;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.Initializer;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.LeNet;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.MaxPool2d;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.ReLU;
import io.github.smartaug.nn.Residual;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.Window;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.Optimizers;
import io.github.smartaug.optim.Smoothness;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All estimators that claim to be exact, on models with kinks and with batch statistics. */
class ExactEstimatorsTest {
  private static final int[] INNER_STEPS = {1, 3, 10};

  /** A smooth optimizer: a new one is tested by a row. */
  private record Row(
      String name, DifferentiableOptimizer optimizer, Hyperparameters hyperparameters) {}

  private static List<Row> optimizers() {
    Hyperparameters sgd =
        new DifferentiableSgd()
            .defaults()
            .with(Hyperparameters.LEARNING_RATE, 0.05)
            .with(Hyperparameters.MOMENTUM, 0.9)
            .with(Hyperparameters.WEIGHT_DECAY, 5e-4);
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("sgd", new DifferentiableSgd(), sgd));
    rows.add(
        new Row(
            "sgd-nesterov", new DifferentiableSgd(DifferentiableSgd.MomentumKind.NESTEROV), sgd));
    for (String name : Optimizers.names()) {
      DifferentiableOptimizer optimizer = Optimizers.named(name);
      if (!name.equals("sgd") && optimizer.smoothness() == Smoothness.SMOOTH) {
        rows.add(new Row(name, optimizer, optimizer.defaults()));
      }
    }
    return rows;
  }

  /** One comparison. */
  private record Comparison(Network network, Row row, int steps, Precision precision) {
    List<HypergradientEstimator> others() {
      List<HypergradientEstimator> others = new ArrayList<>();
      others.add(new Checkpointed());
      others.add(new Truncated(steps));
      if (steps == 1) {
        others.add(new Forward());
      }
      return others;
    }

    @Override
    public String toString() {
      return "%s, %s, K = %d, %s".formatted(network, row.name(), steps, precision);
    }
  }

  private enum Network {
    LENET {
      @Override
      Model create() {
        return LeNet.create(new ImageShape(3, 28, 28), 10);
      }
    },
    /** A strided convolution, batch normalisation, max-pool and a block with a downsampled path. */
    SMALL_RESNET {
      @Override
      Model create() {
        Window three = Window.of(3).withPadding(1);
        Layer main =
            Sequential.of(
                convolution("conv2", 4, 6, three.withStride(2)),
                new BatchNorm2d("bn2", 6),
                new ReLU(),
                convolution("conv3", 6, 6, three),
                new BatchNorm2d("bn3", 6));
        Layer shortcut =
            Sequential.of(
                convolution("down", 4, 6, Window.of(1).withStride(2)), new BatchNorm2d("bnd", 6));
        Layer network =
            Sequential.of(
                convolution("conv1", 3, 4, three),
                new BatchNorm2d("bn1", 4),
                new ReLU(),
                new MaxPool2d(three.withStride(2)),
                new Residual(main, shortcut),
                new ReLU(),
                AdaptiveAvgPool2d.global(),
                new Flatten(),
                new Linear("fc", 6, 5));
        return new LayeredModel(new ImageShape(3, 12, 12), 5, MemoryFormat.CONTIGUOUS, network);
      }
    };

    abstract Model create();

    private static Layer convolution(String name, int inputs, int outputs, Window window) {
      return new Conv2d(
          name, inputs, outputs, window, Bias.NONE, Initializer.kaimingNormalFanOut());
    }
  }

  private enum Precision {
    FLOAT64(ScalarType.Double, 1e-9),
    FLOAT32(ScalarType.Float, 1e-3);

    private final ScalarType type;
    private final double tolerance;

    Precision(ScalarType type, double tolerance) {
      this.type = type;
      this.tolerance = tolerance;
    }
  }

  static Stream<Comparison> comparisons() {
    List<Comparison> all = new ArrayList<>();
    for (Network network : Network.values()) {
      for (Row row : optimizers()) {
        for (int steps : INNER_STEPS) {
          for (Precision precision : Precision.values()) {
            all.add(new Comparison(network, row, steps, precision));
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void exact_estimators_agree(Comparison comparison) {
    try (TensorScope scope = TensorScope.open()) {
      ImageProblem problem =
          new ImageProblem(comparison.network().create(), comparison.precision().type);
      NamedTensors expected = hypergradient(problem, new Unrolled(), comparison);
      for (HypergradientEstimator estimator : comparison.others()) {
        NamedTensors actual = hypergradient(problem, estimator, comparison);
        expected
            .names()
            .forEach(
                name ->
                    assertClose(
                        estimator + " " + name,
                        Tensors.toDoubles(actual.get(name)),
                        Tensors.toDoubles(expected.get(name)),
                        comparison.precision().tolerance));
      }
    }
  }

  private static NamedTensors hypergradient(
      ImageProblem problem, HypergradientEstimator estimator, Comparison comparison) {
    Row row = comparison.row();
    InnerStep step = new InnerStep(row.optimizer(), Optional.of(new GradientClipping(1)));
    return problem.hypergradient(
        estimator, step, row.hyperparameters(), comparison.steps(), UnaryOperator.identity());
  }

  private static void assertClose(
      String name, double[] actual, double[] expected, double tolerance) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(largest).as(name).isPositive().isFinite();
    assertThat(actual).as(name).containsExactly(expected, within(tolerance * largest));
  }
}
