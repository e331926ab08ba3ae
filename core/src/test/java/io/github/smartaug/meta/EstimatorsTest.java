package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the estimators promise, on a small smooth problem in float64. */
class EstimatorsTest {
  private static final GradientClipping ACTIVE_CLIPPING = new GradientClipping(0.2);
  private static final InnerStep SGD =
      new InnerStep(new DifferentiableSgd(), Optional.of(ACTIVE_CLIPPING));

  private final SmoothProblem problem = new SmoothProblem();

  /** An optimizer with hyperparameters. */
  private record Row(
      String name, DifferentiableOptimizer optimizer, Hyperparameters hyperparameters) {
    InnerStep step() {
      return new InnerStep(optimizer, Optional.of(ACTIVE_CLIPPING));
    }
  }

  private record Case(Row row, HypergradientEstimator estimator, int steps) {
    @Override
    public String toString() {
      return row.name() + ", " + estimator + ", K = " + steps;
    }
  }

  static Stream<Case> exactCases() {
    Hyperparameters sgd = new SmoothProblem().hyperparameters;
    List<Row> rows =
        List.of(
            new Row("sgd", new DifferentiableSgd(), sgd),
            new Row(
                "sgd-nesterov",
                new DifferentiableSgd(DifferentiableSgd.MomentumKind.NESTEROV),
                sgd),
            // Its first update is the gradient's sign, whose derivative finite differences cannot
            // resolve, unless epsilon is of the gradient's size.
            new Row(
                "adam",
                new DifferentiableAdam(0.1),
                new DifferentiableAdam().defaults().with(Hyperparameters.LEARNING_RATE, 0.05)));
    List<Case> cases = new ArrayList<>();
    for (Row row : rows) {
      for (int steps : new int[] {1, 3, 10}) {
        cases.add(new Case(row, new Unrolled(), steps));
        cases.add(new Case(row, new Checkpointed(), steps));
        cases.add(new Case(row, new Truncated(steps), steps));
      }
      cases.add(new Case(row, new Forward(), 1));
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("exactCases")
  void exact_estimators_equal_finite_differences_of_the_complete_inner_run(Case exact) {
    HyperparameterSource source = HyperparameterSource.fixed(exact.row().hyperparameters());

    NamedTensors gradient =
        hypergradient(exact.estimator(), exact.row().step(), source, exact.steps());

    for (String name : problem.metaParameters.names()) {
      double[] expected =
          problem.finiteDifferences(
              exact.steps(), exact.row().step(), source, problem.metaParameters, name, 1e-5);
      assertClose(name, gradient.get(name), expected, 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void truncation_gives_the_terms_of_the_last_steps(int length) {
    int steps = 5;
    InnerState middle = problem.start();
    for (int t = 0; t < steps - length; t++) {
      middle =
          SGD.plain(middle, problem.inner(t), problem.metaParameters, problem.hyperparameters)
              .state();
    }
    NamedTensors expected =
        run(new Unrolled(), SGD, middle, problem.metaParameters, steps - length, length);

    NamedTensors truncated =
        run(new Truncated(length), SGD, problem.start(), problem.metaParameters, 0, steps);

    assertEqual(truncated, expected, 1e-12);
    NamedTensors complete =
        run(new Unrolled(), SGD, problem.start(), problem.metaParameters, 0, steps);
    assertThat(Tensors.toDoubles(truncated.get("scale")))
        .isNotEqualTo(Tensors.toDoubles(complete.get("scale")));
  }

  @Test
  void truncation_longer_than_the_trajectory_is_exact() {
    assertEqual(
        run(new Truncated(8), SGD, problem.start(), problem.metaParameters, 0, 3),
        run(new Unrolled(), SGD, problem.start(), problem.metaParameters, 0, 3),
        0);
  }

  @Test
  void forward_mode_over_several_steps_looks_back_over_the_last_one() {
    assertEqual(
        run(new Forward(), SGD, problem.start(), problem.metaParameters, 0, 3),
        run(new Truncated(1), SGD, problem.start(), problem.metaParameters, 0, 3),
        1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void the_finite_difference_comes_near_the_exact_value_where_the_loss_is_smooth(int steps) {
    NamedTensors exact =
        run(new Truncated(1), SGD, problem.start(), problem.metaParameters, 0, steps);

    NamedTensors approximate =
        run(new FiniteDifference(), SGD, problem.start(), problem.metaParameters, 0, steps);

    assertEqual(approximate, exact, 1e-3);
  }

  /** All that differentiate the update, and so see its hyperparameters. */
  static Stream<HypergradientEstimator> lookingBack() {
    return Stream.of(new Checkpointed(), new Truncated(3), new Forward(), new FiniteDifference());
  }

  @ParameterizedTest
  @MethodSource("lookingBack")
  void learned_hyperparameters_get_the_gradient_of_the_last_step_at_least(
      HypergradientEstimator estimator) {
    NamedTensors meta = problem.withLearnedHyperparameters();
    boolean oneStep = estimator instanceof Forward || estimator instanceof FiniteDifference;
    HypergradientEstimator reference = oneStep ? new Truncated(1) : new Unrolled();

    NamedTensors actual = run(estimator, SGD, problem.start(), meta, 0, 3);
    NamedTensors expected = run(reference, SGD, problem.start(), meta, 0, 3);

    for (String name : SmoothProblem.LEARNED_HYPERPARAMETERS) {
      double value = Tensors.item(expected.get(name));
      assertThat(Math.abs(value)).as(name).isGreaterThan(1e-6);
      assertThat(Tensors.item(actual.get(name)))
          .as(name)
          .isCloseTo(value, within(1e-12 * Math.abs(value)));
    }
  }

  /** One of each. */
  static Stream<HypergradientEstimator> all() {
    return Stream.of(
        new Unrolled(),
        new Checkpointed(),
        new Truncated(2),
        new Forward(),
        new FiniteDifference(),
        new Neumann(2),
        new ConjugateGradient(2));
  }

  @ParameterizedTest
  @MethodSource("all")
  void every_trajectory_moves_exactly_as_plain_training_does(HypergradientEstimator estimator) {
    try (TensorScope scope = TensorScope.open();
        Trajectory trajectory = start(estimator, 3)) {
      InnerState plain = problem.start();
      for (int t = 0; t < 3; t++) {
        trajectory.step(problem.inner(t), problem.hyperparameters);
        plain =
            SGD.plain(plain, problem.inner(t), problem.metaParameters, problem.hyperparameters)
                .state();
      }
      for (String name : plain.parameters().names()) {
        assertThat(Tensors.toDoubles(trajectory.state().parameters().get(name)))
            .containsExactly(Tensors.toDoubles(plain.parameters().get(name)));
      }
      double outerLoss = trajectory.hypergradient(problem.outer()).outerLoss();
      assertThat(outerLoss).isEqualTo(problem.outerLossAfter(3, SGD, problem.metaParameters));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void steps_beyond_the_announced_ones_and_an_early_hypergradient_are_refused(
      HypergradientEstimator estimator) {
    try (TensorScope scope = TensorScope.open();
        Trajectory trajectory = start(estimator, 2)) {
      trajectory.step(problem.inner(0), problem.hyperparameters);
      assertThatThrownBy(() -> trajectory.hypergradient(problem.outer()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the hypergradient was asked for after 1 of 2 steps");
      trajectory.step(problem.inner(1), problem.hyperparameters);
      assertThatThrownBy(() -> trajectory.step(problem.inner(2), problem.hyperparameters))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the trajectory was started for 2 steps, and all are done");
    }
  }

  @Test
  void a_trajectory_reports_the_states_that_it_holds() {
    try (TensorScope scope = TensorScope.open()) {
      long parameters = problem.start().bytes();
      assertThat(heldAfter(new Unrolled(), 3).steps()).isEqualTo(3);
      // There is no velocity yet where the first step starts.
      assertThat(heldAfter(new Unrolled(), 3).stateBytes()).isEqualTo(5 * parameters);
      assertThat(heldAfter(new Checkpointed(), 3).stateBytes()).isEqualTo(5 * parameters);
      assertThat(heldAfter(new Truncated(1), 3).steps()).isEqualTo(1);
      assertThat(heldAfter(new Truncated(1), 3).stateBytes()).isEqualTo(2 * parameters);
      assertThat(heldAfter(new Neumann(2), 3).steps()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "9, 5", "20, 5", "100, 13"})
  void checkpointing_holds_few_states_however_long_the_trajectory(int steps, int states) {
    try (TensorScope scope = TensorScope.open()) {
      long parameters = problem.start().bytes();
      // Parameters and velocity each, but for the first.
      assertThat(heldAfter(new Checkpointed(), steps).stateBytes())
          .isEqualTo((2L * states - 1) * parameters);
    }
  }

  @Test
  void checkpointing_between_states_that_were_not_held_is_exact() {
    assertEqual(
        run(new Checkpointed(), SGD, problem.start(), problem.metaParameters, 0, 40),
        run(new Unrolled(), SGD, problem.start(), problem.metaParameters, 0, 40),
        0);
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothing_is_held_after_the_hypergradient(HypergradientEstimator estimator) {
    try (TensorScope scope = TensorScope.open();
        Trajectory trajectory = start(estimator, 1)) {
      trajectory.step(problem.inner(0), problem.hyperparameters);
      trajectory.hypergradient(problem.outer());
      assertThat(trajectory.held().stateBytes()).isZero();
    }
  }

  @Test
  void numbers_out_of_range_are_refused() {
    assertThatThrownBy(() -> new Truncated(0))
        .hasMessage("truncation length: 0, allowed: at least 1");
    assertThatThrownBy(() -> new Neumann(0))
        .hasMessage("number of Neumann terms: 0, allowed: at least 1");
    assertThatThrownBy(() -> new ConjugateGradient(0))
        .hasMessage("number of conjugate gradient iterations: 0, allowed: at least 1");
    assertThatThrownBy(() -> new ConjugateGradient(3, -1))
        .hasMessage("damping: -1, allowed: at least 0");
    assertThatThrownBy(() -> start(new Unrolled(), 0))
        .hasMessage("number of inner steps: 0, allowed: at least 1");
  }

  private Trajectory start(HypergradientEstimator estimator, int steps) {
    return estimator.start(SGD, problem.start(), problem.metaParameters, steps);
  }

  private Trajectory.Memory heldAfter(HypergradientEstimator estimator, int steps) {
    try (Trajectory trajectory = start(estimator, steps)) {
      for (int t = 0; t < steps; t++) {
        trajectory.step(problem.inner(t), problem.hyperparameters);
      }
      return trajectory.held();
    }
  }

  private NamedTensors hypergradient(
      HypergradientEstimator estimator, InnerStep step, HyperparameterSource source, int steps) {
    try (Trajectory trajectory =
        estimator.start(step, problem.start(), problem.metaParameters, steps)) {
      for (int t = 0; t < steps; t++) {
        trajectory.step(problem.inner(t), source);
      }
      return trajectory.hypergradient(problem.outer()).gradient();
    }
  }

  private NamedTensors run(
      HypergradientEstimator estimator,
      InnerStep step,
      InnerState start,
      NamedTensors meta,
      int first,
      int steps) {
    try (Trajectory trajectory = estimator.start(step, start, meta, steps)) {
      for (int t = first; t < first + steps; t++) {
        trajectory.step(problem.inner(t), problem::hyperparametersFrom);
      }
      return trajectory.hypergradient(problem.outer()).gradient();
    }
  }

  private static void assertEqual(NamedTensors actual, NamedTensors expected, double tolerance) {
    for (String name : expected.names()) {
      assertClose(name, actual.get(name), Tensors.toDoubles(expected.get(name)), tolerance);
    }
  }

  private static void assertClose(String name, Tensor actual, double[] expected, double tolerance) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(Tensors.toDoubles(actual))
        .as(name)
        .containsExactly(expected, within(tolerance * largest));
  }
}
