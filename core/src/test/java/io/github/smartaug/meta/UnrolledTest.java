package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnrolledTest {
  /** Small enough to clip every step of the problem. */
  private static final GradientClipping ACTIVE_CLIPPING = new GradientClipping(0.2);

  private final SmoothProblem problem = new SmoothProblem();

  @ParameterizedTest
  @CsvSource({
    "1,CLASSIC", "2,CLASSIC", "5,CLASSIC",
    "1,NESTEROV", "2,NESTEROV", "5,NESTEROV"
  })
  void the_hypergradient_equals_finite_differences_of_the_complete_inner_run(
      int steps, DifferentiableSgd.MomentumKind momentum) {
    DifferentiableOptimizer optimizer = new DifferentiableSgd(momentum);
    InnerStep step = new InnerStep(optimizer, Optional.of(ACTIVE_CLIPPING));

    NamedTensors gradient = hypergradient(steps, step).gradient();

    for (String name : problem.metaParameters.names()) {
      double[] expected =
          problem.finiteDifferences(steps, step, problem.metaParameters, name, 1e-5);
      double largest = largest(expected);
      double[] actual = Tensors.toDoubles(gradient.get(name));
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).as("%s[%d]", name, i).isCloseTo(expected[i], within(1e-6 * largest));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,CLASSIC", "2,CLASSIC", "5,CLASSIC", "5,NESTEROV"})
  void learned_hyperparameters_get_the_gradient_that_finite_differences_give(
      int steps, DifferentiableSgd.MomentumKind momentum) {
    InnerStep step = new InnerStep(new DifferentiableSgd(momentum), Optional.of(ACTIVE_CLIPPING));
    NamedTensors meta = problem.withLearnedHyperparameters();

    NamedTensors gradient = hypergradient(steps, step, meta).gradient();

    for (String name : SmoothProblem.LEARNED_HYPERPARAMETERS) {
      double expected = problem.finiteDifferences(steps, step, meta, name, 1e-5)[0];
      boolean matters = steps > 1 || !name.equals(Hyperparameters.MOMENTUM);
      assertThat(Math.abs(expected) > 1e-6).as(name + " matters").isEqualTo(matters);
      assertThat(Tensors.item(gradient.get(name)))
          .as(name)
          .isCloseTo(expected, within(1e-6 * Math.max(Math.abs(expected), 1e-3)));
    }
  }

  @Test
  void the_clip_is_active_in_every_step_of_the_finite_difference_test() {
    InnerStep step = new InnerStep(new DifferentiableSgd(), Optional.of(ACTIVE_CLIPPING));
    try (TensorScope scope = TensorScope.open();
        Trajectory trajectory =
            new Unrolled().start(step, problem.start(), problem.metaParameters, 5)) {
      for (int t = 0; t < 5; t++) {
        double norm = trajectory.step(problem.inner(t), problem.hyperparameters).gradientNorm();
        assertThat(norm).isGreaterThan(ACTIVE_CLIPPING.maximumNorm());
      }
    }
  }

  @Test
  void a_constant_clipping_coefficient_gives_another_hypergradient() {
    InnerStep exact = new InnerStep(new DifferentiableSgd(), Optional.of(ACTIVE_CLIPPING));
    GradientClipping constant =
        new GradientClipping(ACTIVE_CLIPPING.maximumNorm(), GradientClipping.Coefficient.CONSTANT);
    InnerStep ancestral = new InnerStep(new DifferentiableSgd(), Optional.of(constant));

    double[] withDerivative = Tensors.toDoubles(hypergradient(2, exact).gradient().get("scale"));
    double[] without = Tensors.toDoubles(hypergradient(2, ancestral).gradient().get("scale"));

    assertThat(without).isNotEqualTo(withDerivative);
  }

  @Test
  void the_trajectory_moves_exactly_as_plain_training_does() {
    InnerStep step = new InnerStep(new DifferentiableSgd(), Optional.of(ACTIVE_CLIPPING));
    try (TensorScope scope = TensorScope.open();
        Trajectory trajectory =
            new Unrolled().start(step, problem.start(), problem.metaParameters, 3)) {
      InnerState plain = problem.start();
      for (int t = 0; t < 3; t++) {
        trajectory.step(problem.inner(t), problem.hyperparameters);
        plain =
            step.plain(plain, problem.inner(t), problem.metaParameters, problem.hyperparameters)
                .state();
      }
      InnerState unrolled = trajectory.state();
      for (String name : plain.parameters().names()) {
        assertThat(Tensors.toDoubles(unrolled.parameters().get(name)))
            .containsExactly(Tensors.toDoubles(plain.parameters().get(name)));
      }
      assertThat(unrolled.optimizer().steps()).isEqualTo(3);
    }
  }

  @Test
  void the_outer_loss_is_that_of_the_last_state() {
    InnerStep step = new InnerStep(new DifferentiableSgd(), Optional.empty());

    double outerLoss = hypergradient(3, step).outerLoss();

    assertThat(outerLoss).isEqualTo(problem.outerLossAfter(3, step, problem.metaParameters));
  }

  @Test
  void the_starting_state_and_the_meta_parameters_are_left_as_they_were() {
    InnerStep step = new InnerStep(new DifferentiableSgd(), Optional.of(ACTIVE_CLIPPING));
    InnerState start = problem.start();
    double[] before = Tensors.toDoubles(start.parameters().get("hidden"));

    hypergradient(2, step);

    assertThat(Tensors.toDoubles(start.parameters().get("hidden"))).containsExactly(before);
    assertThat(start.parameters().get("hidden").requires_grad()).isFalse();
    assertThat(problem.metaParameters.get("scale").requires_grad()).isFalse();
  }

  private Trajectory.Hypergradient hypergradient(int steps, InnerStep step) {
    return hypergradient(steps, step, problem.metaParameters);
  }

  private Trajectory.Hypergradient hypergradient(int steps, InnerStep step, NamedTensors meta) {
    try (Trajectory trajectory = new Unrolled().start(step, problem.start(), meta, steps)) {
      for (int t = 0; t < steps; t++) {
        trajectory.step(problem.inner(t), problem::hyperparametersFrom);
      }
      return trajectory.hypergradient(problem.outer());
    }
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
