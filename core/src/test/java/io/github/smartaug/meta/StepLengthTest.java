package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The hypergradient with the length of the inner steps' way held, in float64. */
class StepLengthTest {
  private final SmoothProblem problem = new SmoothProblem();
  private final NamedTensors start = problem.start().parameters();

  private record Optimizer(String name, DifferentiableOptimizer rule, Hyperparameters values) {
    InnerStep step() {
      return new InnerStep(rule, Optional.of(new GradientClipping(0.2)));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> exactCases() {
    List<Optimizer> optimizers =
        List.of(
            new Optimizer("sgd", new DifferentiableSgd(), new SmoothProblem().hyperparameters),
            new Optimizer(
                "adam",
                new DifferentiableAdam(0.1),
                new DifferentiableAdam().defaults().with(Hyperparameters.LEARNING_RATE, 0.05)));
    return optimizers.stream()
        .flatMap(
            optimizer ->
                Stream.of(
                    Arguments.of(optimizer, new Forward(), 1),
                    Arguments.of(optimizer, new Unrolled(), 1),
                    Arguments.of(optimizer, new Unrolled(), 4),
                    Arguments.of(optimizer, new Checkpointed(), 4),
                    Arguments.of(optimizer, new Truncated(4), 4)));
  }

  @ParameterizedTest
  @MethodSource("exactCases")
  void it_is_the_derivative_of_the_loss_at_that_distance_in_the_direction_of_the_steps(
      Optimizer optimizer, HypergradientEstimator estimator, int steps) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors meta = problem.metaParameters;
      double length = length(way(optimizer, steps, meta));

      Trajectory.Hypergradient held = hypergradient(optimizer, estimator, steps, StepLength.HELD);

      assertThat(held.outerLoss())
          .isEqualTo(hypergradient(optimizer, estimator, steps, StepLength.FREE).outerLoss());
      for (String name : meta.names()) {
        double[] values = Tensors.toDoubles(meta.get(name));
        double[] expected =
            IntStream.range(0, values.length)
                .mapToDouble(
                    i ->
                        (lossAt(length, optimizer, steps, moved(name, i, 1e-5))
                                - lossAt(length, optimizer, steps, moved(name, i, -1e-5)))
                            / 2e-5)
                .toArray();
        assertThat(Tensors.toDoubles(held.gradient().get(name)))
            .as(name)
            .containsExactly(expected, within(1e-7));
      }
    }
  }

  @Test
  void with_the_length_free_it_is_another() {
    Optimizer sgd = new Optimizer("sgd", new DifferentiableSgd(), problem.hyperparameters);
    try (TensorScope scope = TensorScope.open()) {
      double[] free =
          Tensors.toDoubles(
              hypergradient(sgd, new Unrolled(), 4, StepLength.FREE).gradient().get("scale"));
      double[] held =
          Tensors.toDoubles(
              hypergradient(sgd, new Unrolled(), 4, StepLength.HELD).gradient().get("scale"));

      assertThat(IntStream.range(0, free.length).mapToDouble(i -> Math.abs(free[i] - held[i])))
          .anyMatch(difference -> difference > 1e-3);
    }
  }

  @Test
  void what_only_makes_steps_longer_has_no_share_in_it() {
    InnerStep step = new InnerStep(new DifferentiableSgd(), Optional.empty());
    NamedTensors meta = problem.withLearnedHyperparameters();
    try (TensorScope scope = TensorScope.open();
        Trajectory trajectory = new Unrolled().start(step, problem.start(), meta, 1)) {
      trajectory.step(problem.inner(0), problem::hyperparametersFrom);

      NamedTensors held =
          trajectory.hypergradient(StepLength.HELD.apply(problem.outer(), start)).gradient();

      assertThat(Tensors.item(held.get(Hyperparameters.LEARNING_RATE))).isCloseTo(0, within(1e-12));
      assertThat(Tensors.item(held.get("scale").abs().sum())).isGreaterThan(1e-2);
    }
  }

  @Test
  void a_cycle_whose_steps_lead_nowhere_has_the_free_one() {
    Hyperparameters still = problem.hyperparameters.with(Hyperparameters.LEARNING_RATE, 0);
    Optimizer sgd = new Optimizer("sgd", new DifferentiableSgd(), still);
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors free = hypergradient(sgd, new Unrolled(), 2, StepLength.FREE).gradient();
      NamedTensors held = hypergradient(sgd, new Unrolled(), 2, StepLength.HELD).gradient();

      free.asMap()
          .forEach(
              (name, value) ->
                  assertThat(Tensors.toDoubles(held.get(name)))
                      .as(name)
                      .containsExactly(Tensors.toDoubles(value)));
    }
  }

  @Test
  void a_learner_moves_by_it() {
    DifferentiableSgd plain = new DifferentiableSgd();
    Hyperparameters rateOne =
        plain.defaults().with(Hyperparameters.LEARNING_RATE, 1).with(Hyperparameters.MOMENTUM, 0);
    Optimizer sgd = new Optimizer("sgd", plain, problem.hyperparameters);
    try (TensorScope scope = TensorScope.open();
        MetaLearner learner =
            MetaLearner.builder()
                .setInnerStep(sgd.step())
                .setHyperparameters(problem.hyperparameters)
                .setParameters(start)
                .setMetaParameters(problem.metaParameters)
                .optStepLength(StepLength.HELD)
                .optMetaOptimizer(
                    new MetaOptimizer(
                        plain, rateOne, new GradientClipping(1e9), UnaryOperator.identity()))
                .build()) {
      learner.cycle(List.of(problem.inner(0), problem.inner(1)), problem.outer());

      NamedTensors expected =
          problem.metaParameters.combine(
              hypergradient(sgd, new Unrolled(), 2, StepLength.HELD).gradient(), Tensor::sub);
      for (String name : expected.names()) {
        assertThat(Tensors.toDoubles(learner.metaParameters().get(name)))
            .as(name)
            .containsExactly(Tensors.toDoubles(expected.get(name)), within(1e-14));
      }
    }
  }

  private Trajectory.Hypergradient hypergradient(
      Optimizer optimizer, HypergradientEstimator estimator, int steps, StepLength length) {
    try (Trajectory trajectory =
        estimator.start(optimizer.step(), problem.start(), problem.metaParameters, steps)) {
      for (int t = 0; t < steps; t++) {
        trajectory.step(problem.inner(t), HyperparameterSource.fixed(optimizer.values()));
      }
      return trajectory.hypergradient(length.apply(problem.outer(), start));
    }
  }

  private NamedTensors way(Optimizer optimizer, int steps, NamedTensors meta) {
    InnerState state = problem.start();
    for (int t = 0; t < steps; t++) {
      state = optimizer.step().plain(state, problem.inner(t), meta, optimizer.values()).state();
    }
    return state.parameters().combine(start, Tensor::sub);
  }

  private static double length(NamedTensors way) {
    return Tensors.item(GradientClipping.globalNorm(way));
  }

  private double lossAt(double length, Optimizer optimizer, int steps, NamedTensors meta) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors way = way(optimizer, steps, meta);
      Scalar factor = new Scalar(length / length(way));
      NamedTensors end = start.combine(way, (from, part) -> from.add(part, factor));
      return Tensors.item(problem.outer().evaluate(end, NamedTensors.empty(), meta));
    }
  }

  private NamedTensors moved(String name, int index, double by) {
    NamedTensors meta = problem.metaParameters;
    double[] values = Tensors.toDoubles(meta.get(name));
    values[index] += by;
    return meta.with(NamedTensors.of(name, Tensors.of(values, meta.get(name).shape())));
  }
}
