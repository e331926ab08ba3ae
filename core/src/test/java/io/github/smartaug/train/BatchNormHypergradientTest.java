package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.loss.MixedLoss.RunningStatistics;
import io.github.smartaug.meta.Checkpointed;
import io.github.smartaug.meta.FiniteDifference;
import io.github.smartaug.meta.Forward;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.HypergradientEstimators;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.MetaLearner;
import io.github.smartaug.meta.MetaOptimizer;
import io.github.smartaug.meta.Neumann;
import io.github.smartaug.meta.OuterObjective;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.meta.Truncated;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.meta.WorkerAverage;
import io.github.smartaug.nn.AdaptiveAvgPool2d;
import io.github.smartaug.nn.BatchNorm2d;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.ForwardPass;
import io.github.smartaug.nn.FrozenModel;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.ReLU;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.TangentPass;
import io.github.smartaug.nn.Window;
import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Estimators that claim to be exact, on models whose validation depends on running statistics,
 * against differences of the complete inner run, statistics included.
 */
@SuppressWarnings("ImmutableEnumChecker") // what they hold is never changed
class BatchNormHypergradientTest {
  private static final double TOLERANCE = 1e-7;

  /** Of differences of a network with many edges. */
  private static final double NARROW = 1e-7;

  /** Position of the rotation among the problem's transforms. */
  private static final int ROTATE = 1;

  private record Tanh() implements Layer {
    @Override
    public Tensor forward(Tensor input, ForwardPass pass) {
      return input.tanh();
    }

    @Override
    public boolean isLinearizable() {
      return true;
    }

    @Override
    public Tensor tangent(Tensor inputTangent, TangentPass pass) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor slope = pass.values().output().square().neg().add(new Scalar(1.0));
        return scope.keep(TangentPass.linear(inputTangent, slope::mul));
      }
    }
  }

  private enum Network {
    TANH(new Tanh()),
    RELU(new ReLU()),
    /** The first convolution and its normalisation are not trained. */
    FROZEN(new Tanh()) {
      @Override
      Model create() {
        return FrozenModel.of(super.create(), FIRST_LAYERS, RandomStream.seeded(5));
      }
    };

    private static final Set<String> FIRST_LAYERS =
        Set.of("conv1.weight", "conv1.bias", "bn1.weight", "bn1.bias");

    private final Layer activation;

    Network(Layer activation) {
      this.activation = activation;
    }

    Model create() {
      return new LayeredModel(
          new ImageShape(3, 6, 6),
          3,
          MemoryFormat.CONTIGUOUS,
          Sequential.of(
              new Conv2d("conv1", 3, 4, Window.of(3)),
              new BatchNorm2d("bn1", 4),
              activation,
              new Conv2d("conv2", 4, 5, Window.of(3)),
              new BatchNorm2d("bn2", 5),
              activation,
              AdaptiveAvgPool2d.global(),
              new Flatten(),
              new Linear("fc", 5, 3)));
    }
  }

  private enum Optimizer {
    SGD_CLIPPED(
        new DifferentiableSgd(),
        Optional.of(new GradientClipping(0.2)),
        new DifferentiableSgd()
            .defaults()
            .with(Hyperparameters.LEARNING_RATE, 0.3)
            .with(Hyperparameters.MOMENTUM, 0.9)
            .with(Hyperparameters.WEIGHT_DECAY, 0.01)),
    NESTEROV(
        new DifferentiableSgd(DifferentiableSgd.MomentumKind.NESTEROV),
        Optional.empty(),
        new DifferentiableSgd()
            .defaults()
            .with(Hyperparameters.LEARNING_RATE, 0.1)
            .with(Hyperparameters.MOMENTUM, 0.9)),
    // Its first update is the gradient's sign, unless epsilon is of the gradient's size.
    ADAM(
        new DifferentiableAdam(0.1),
        Optional.empty(),
        new DifferentiableAdam().defaults().with(Hyperparameters.LEARNING_RATE, 0.05));

    private final InnerStep step;
    private final Hyperparameters hyperparameters;

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    Optimizer(
        DifferentiableOptimizer optimizer,
        Optional<GradientClipping> clipping,
        Hyperparameters hyperparameters) {
      this.step = new InnerStep(optimizer, clipping);
      this.hyperparameters = hyperparameters;
    }
  }

  private enum Loss {
    /** The clean pass alone moves the statistics. */
    CLEAN_STATISTICS(MixedLoss.builder().build()),
    /** The augmented pass moves them, too. */
    ALL_STATISTICS(MixedLoss.builder().runningStatistics(RunningStatistics.ALL).build()),
    /** There is no clean pass. */
    AUGMENTED_ONLY(MixedLoss.builder().augmentedWeight(0).build());

    private final MixedLoss loss;

    Loss(MixedLoss loss) {
      this.loss = loss;
    }
  }

  private record Case(Network network, Optimizer optimizer, Loss loss, int parts, int steps) {
    BatchNormProblem problem() {
      return new BatchNormProblem(network.create(), 4, loss.loss, parts);
    }

    Stream<HypergradientEstimator> exact() {
      Stream<HypergradientEstimator> always =
          Stream.of(new Unrolled(), new Checkpointed(), new Truncated(steps));
      return steps == 1 ? Stream.concat(always, Stream.of(new Forward())) : always;
    }

    Map<String, double[]> truth(BatchNormProblem problem) {
      Map<String, double[]> truth = new LinkedHashMap<>();
      for (String name : problem.metaParameters().names()) {
        truth.put(
            name, problem.differences(optimizer.step, optimizer.hyperparameters, steps, name));
      }
      return truth;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int steps : new int[] {1, 3}) {
      for (Loss loss : Loss.values()) {
        for (Optimizer optimizer : Optimizer.values()) {
          cases.add(new Case(Network.TANH, optimizer, loss, 1, steps));
        }
        cases.add(new Case(Network.RELU, Optimizer.SGD_CLIPPED, loss, 1, steps));
        cases.add(new Case(Network.FROZEN, Optimizer.SGD_CLIPPED, loss, 1, steps));
        cases.add(new Case(Network.FROZEN, Optimizer.ADAM, loss, 2, steps));
        cases.add(new Case(Network.TANH, Optimizer.SGD_CLIPPED, loss, 2, steps));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void exact_estimators_equal_differences_of_the_whole_run_with_its_statistics(Case exact) {
    try (TensorScope scope = TensorScope.open()) {
      BatchNormProblem problem = exact.problem();
      Map<String, double[]> truth = exact.truth(problem);
      InnerStep step = exact.optimizer.step;
      exact
          .exact()
          .forEach(
              estimator -> {
                requireEqual(
                    estimator.toString(),
                    hypergradient(exact, problem, estimator, step, UnaryOperator.identity()),
                    truth);
                requireEqual(
                    estimator + ", by second derivatives",
                    hypergradient(
                        exact,
                        problem,
                        estimator,
                        step,
                        objective -> (p, buffers, meta) -> objective.evaluate(p, buffers, meta)),
                    truth);
                requireEqual(
                    estimator + ", of two workers that do the same",
                    hypergradient(
                        exact,
                        problem,
                        estimator,
                        step.withWorkers(new Twins()),
                        UnaryOperator.identity()),
                    truth);
              });
    }
  }

  /** Two workers with the same part of the batch: their average is what each has. */
  private record Twins() implements WorkerAverage {
    @Override
    public int workers() {
      return 2;
    }

    @Override
    public List<Tensor> of(List<Tensor> local) {
      return local.stream().map(Tensor::detach).toList();
    }
  }

  /** The figures of the page on hypergradients. */
  @ParameterizedTest
  @CsvSource({
    "TANH, CLEAN_STATISTICS, 1, 0",
    "TANH, CLEAN_STATISTICS, 3, 0.016",
    "TANH, ALL_STATISTICS, 1, 0.163",
    "TANH, ALL_STATISTICS, 3, 0.146",
    "TANH, AUGMENTED_ONLY, 1, 0.083",
    "TANH, AUGMENTED_ONLY, 3, 0.067",
    "RELU, CLEAN_STATISTICS, 1, 0",
    "RELU, CLEAN_STATISTICS, 3, 0.440",
    "RELU, ALL_STATISTICS, 1, 0.772",
    "RELU, ALL_STATISTICS, 3, 0.960",
    "RELU, AUGMENTED_ONLY, 1, 0.197",
    "RELU, AUGMENTED_ONLY, 3, 0.489"
  })
  void statistics_taken_as_constants_would_leave_out_that_much(
      Network network, Loss loss, int steps, double leftOut) {
    try (TensorScope scope = TensorScope.open()) {
      Case some = new Case(network, Optimizer.SGD_CLIPPED, loss, 1, steps);
      BatchNormProblem problem = some.problem();
      double[] exact = magnitudes(some, problem, problem.outer());
      double[] constant =
          magnitudes(some, problem, (p, b, m) -> problem.outer().evaluate(p, b.detach(), m));
      double[] differences =
          IntStream.range(0, exact.length).mapToDouble(i -> constant[i] - exact[i]).toArray();
      double share = BatchNormProblem.largest(differences) / BatchNormProblem.largest(exact);
      assertThat(share).isCloseTo(leftOut, within(leftOut == 0 ? 1e-12 : 1e-3));
    }
  }

  private static double[] magnitudes(Case some, BatchNormProblem problem, OuterObjective outer) {
    NamedTensors gradient =
        hypergradient(
            some, problem, new Unrolled(), some.optimizer.step, UnaryOperator.identity(), outer);
    return Tensors.toDoubles(gradient.get(IndependentPolicy.MAGNITUDES));
  }

  @ParameterizedTest
  @EnumSource
  void the_last_steps_terms_are_the_same_by_dual_numbers_and_by_truncation(Loss loss) {
    try (TensorScope scope = TensorScope.open()) {
      Case three = new Case(Network.TANH, Optimizer.SGD_CLIPPED, loss, 1, 3);
      BatchNormProblem problem = three.problem();
      InnerStep step = three.optimizer.step;
      EqualToRounding.require(
          hypergradient(three, problem, new Forward(), step, UnaryOperator.identity()),
          hypergradient(three, problem, new Truncated(1), step, UnaryOperator.identity()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_finite_difference_comes_near_where_the_loss_is_smooth(Loss loss) {
    try (TensorScope scope = TensorScope.open()) {
      Case one = new Case(Network.TANH, Optimizer.SGD_CLIPPED, loss, 1, 1);
      BatchNormProblem problem = one.problem();
      NamedTensors gradient =
          hypergradient(
              one, problem, new FiniteDifference(), one.optimizer.step, UnaryOperator.identity());
      requireEqual("finite difference", gradient, one.truth(problem), 1e-3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_meta_learner_moves_by_the_derivative_of_the_whole_run(Loss loss) {
    try (TensorScope scope = TensorScope.open()) {
      Case three = new Case(Network.TANH, Optimizer.SGD_CLIPPED, loss, 1, 3);
      BatchNormProblem problem = three.problem();
      DifferentiableSgd sgd = new DifferentiableSgd();
      try (MetaLearner learner =
          MetaLearner.builder()
              .setInnerStep(three.optimizer.step)
              .setHyperparameters(three.optimizer.hyperparameters)
              .setParameters(problem.start().parameters())
              .optBuffers(problem.start().buffers())
              .setMetaParameters(problem.metaParameters())
              .optMetaOptimizer(
                  new MetaOptimizer(
                      sgd,
                      sgd.defaults().with(Hyperparameters.LEARNING_RATE, 1),
                      new GradientClipping(1e9),
                      UnaryOperator.identity()))
              .build()) {
        learner.cycle(
            IntStream.range(0, three.steps()).mapToObj(problem::inner).toList(), problem.outer());
        NamedTensors moved =
            problem.metaParameters().combine(learner.metaParameters(), Tensor::sub);
        requireEqual("meta learner", moved, three.truth(problem), TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "probe",
        "unrolled",
        "checkpointed",
        "truncated:1",
        "forward",
        "finite-difference",
        "neumann:2",
        "cg:2"
      })
  void every_estimator_works_with_frozen_layers(String estimator) {
    try (TensorScope scope = TensorScope.open()) {
      Case three = new Case(Network.FROZEN, Optimizer.SGD_CLIPPED, Loss.CLEAN_STATISTICS, 1, 3);
      NamedTensors gradient =
          hypergradient(
              three,
              three.problem(),
              HypergradientEstimators.parse(estimator),
              three.optimizer.step,
              UnaryOperator.identity());
      for (String name : gradient.names()) {
        double largest = BatchNormProblem.largest(Tensors.toDoubles(gradient.get(name)));
        assertThat(largest).as(name).isPositive().isFinite();
      }
    }
  }

  @Test
  void resnet_18_has_the_derivative_of_the_whole_run_by_the_rotation() {
    try (TensorScope scope = TensorScope.open()) {
      Optimizer sgd = Optimizer.SGD_CLIPPED;
      Model model = Models.create("resnet18", new ImageShape(3, 16, 16), 10);
      BatchNormProblem problem = new BatchNormProblem(model, 8, Loss.CLEAN_STATISTICS.loss, 1);
      Case one = new Case(Network.RELU, sgd, Loss.CLEAN_STATISTICS, 1, 1);
      double[] gradient =
          Tensors.toDoubles(
              hypergradient(one, problem, new Unrolled(), sgd.step, UnaryOperator.identity())
                  .get(IndependentPolicy.MAGNITUDES));
      double expected =
          problem.difference(
              sgd.step, sgd.hyperparameters, 1, IndependentPolicy.MAGNITUDES, ROTATE, NARROW);
      assertThat(gradient[ROTATE]).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trajectories_leave_no_native_values_behind(Case exact) {
    try (TensorScope scope = TensorScope.open()) {
      BatchNormProblem problem = exact.problem();
      Stream.concat(exact.exact(), Stream.of(new FiniteDifference(), new Neumann(1)))
          .forEach(
              estimator -> {
                runAndForget(exact, problem, estimator);
                long before = Pointer.totalCount();
                runAndForget(exact, problem, estimator);
                assertThat(Pointer.totalCount())
                    .as(estimator.toString())
                    .isLessThanOrEqualTo(before);
              });
    }
  }

  private static void runAndForget(
      Case exact, BatchNormProblem problem, HypergradientEstimator estimator) {
    try (TensorScope scope = TensorScope.open()) {
      hypergradient(exact, problem, estimator, exact.optimizer.step, UnaryOperator.identity());
    }
  }

  private static NamedTensors hypergradient(
      Case exact,
      BatchNormProblem problem,
      HypergradientEstimator estimator,
      InnerStep step,
      UnaryOperator<InnerObjective> seenAs) {
    return hypergradient(exact, problem, estimator, step, seenAs, problem.outer());
  }

  private static NamedTensors hypergradient(
      Case exact,
      BatchNormProblem problem,
      HypergradientEstimator estimator,
      InnerStep step,
      UnaryOperator<InnerObjective> seenAs,
      OuterObjective outer) {
    try (Trajectory trajectory =
        estimator.start(step, problem.start(), problem.metaParameters(), exact.steps())) {
      for (int t = 0; t < exact.steps(); t++) {
        trajectory.step(seenAs.apply(problem.inner(t)), exact.optimizer.hyperparameters);
      }
      return trajectory.hypergradient(outer).gradient();
    }
  }

  private static void requireEqual(
      String what, NamedTensors gradient, Map<String, double[]> truth) {
    requireEqual(what, gradient, truth, TOLERANCE);
  }

  private static void requireEqual(
      String what, NamedTensors gradient, Map<String, double[]> truth, double tolerance) {
    truth.forEach(
        (name, expected) -> {
          double largest = BatchNormProblem.largest(expected);
          assertThat(largest).as(name).isGreaterThan(1e-4);
          assertThat(Tensors.toDoubles(gradient.get(name)))
              .as("%s of %s", name, what)
              .containsExactly(expected, within(tolerance * largest));
        });
  }
}
