package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartaug.meta.Trajectory.Hypergradient;
import io.github.smartaug.meta.Trajectory.StepReport;
import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BilevelCycleTest {
  private final SmoothProblem problem = new SmoothProblem();
  private final InnerStep step =
      new InnerStep(new DifferentiableSgd(), Optional.of(new GradientClipping(0.2)));
  private final DifferentiableAdam adam = new DifferentiableAdam();
  private final BilevelCycle cycle =
      new BilevelCycle(
          step,
          HyperparameterSource.fixed(problem.hyperparameters),
          new Unrolled(),
          StepLength.FREE,
          new MetaOptimizer(
              adam, adam.defaults(), new GradientClipping(1), UnaryOperator.identity()));
  private final BilevelCycle.Start start =
      new BilevelCycle.Start(
          problem.start(), new BilevelCycle.Meta(problem.metaParameters, OptimizerState.initial()));

  @Test
  void a_cycle_broken_off_in_its_midst_leaves_no_trace() {
    try (TensorScope scope = TensorScope.open()) {
      BilevelCycle.Outcome undisturbed = run(2, CycleObserver.none());
      CycleObserver interrupting =
          new CycleObserver() {
            @Override
            public void stepDone(StepReport report, BilevelCycle.Running running) {
              throw new IllegalStateException("stop");
            }
          };

      assertThatThrownBy(() -> run(2, interrupting)).hasMessage("stop");

      BilevelCycle.Outcome again = run(2, CycleObserver.none());
      assertSame(again.inner().parameters(), undisturbed.inner().parameters());
      assertSame(
          again.metaStep().after().parameters(), undisturbed.metaStep().after().parameters());
    }
  }

  @Test
  void objectives_are_made_when_their_turn_comes_and_the_observer_sees_all() {
    List<String> events = new ArrayList<>();
    List<Integer> held = new ArrayList<>();
    CycleObserver observer =
        new CycleObserver() {
          @Override
          public void stepDone(StepReport report, BilevelCycle.Running running) {
            events.add("done " + running.stepsDone());
            held.add(running.held().steps());
            assertThat(running.state().optimizer().steps()).isEqualTo(running.stepsDone());
          }

          @Override
          public <T> T timed(Activity kind, Supplier<T> work) {
            events.add(kind + " begins");
            T result = work.get();
            events.add(kind + " ends");
            return result;
          }
        };
    try (TensorScope scope = TensorScope.open()) {
      cycle.run(
          start,
          2,
          t -> {
            events.add("objective " + t);
            return problem.inner(t);
          },
          () -> {
            events.add("outer objective");
            return problem.outer();
          },
          observer);
    }
    assertThat(events)
        .containsExactly(
            "objective 0",
            "INNER_STEP begins",
            "INNER_STEP ends",
            "done 1",
            "objective 1",
            "INNER_STEP begins",
            "INNER_STEP ends",
            "done 2",
            "META_STEP begins",
            "outer objective",
            "META_STEP ends");
    assertThat(held).containsExactly(1, 2);
  }

  @Test
  void a_meta_step_with_numbers_that_are_not_finite_is_skipped() {
    OuterObjective broken =
        (parameters, buffers, meta) ->
            problem.outer().evaluate(parameters, buffers, meta).mul(new Scalar(Double.NaN));
    try (TensorScope scope = TensorScope.open()) {
      BilevelCycle.MetaStep skipped =
          cycle.run(start, 1, problem::inner, () -> broken, CycleObserver.none()).metaStep();

      assertThat(skipped.problem()).hasValue("the validation loss is NaN");
      assertThat(skipped.after()).isSameAs(start.meta());

      BilevelCycle.MetaStep done = run(1, CycleObserver.none()).metaStep();
      assertThat(done.problem()).isEmpty();
      assertThat(done.after().optimizer().steps()).isEqualTo(1);
      assertThat(Tensors.toDoubles(done.after().parameters().get("scale")))
          .isNotEqualTo(Tensors.toDoubles(problem.metaParameters.get("scale")));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void one_wrong_number_in_a_hypergradient_is_a_problem(double wrong) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors gradient =
          NamedTensors.of("logits", Tensors.of(new double[] {1, 2}, 2))
              .with(NamedTensors.of("magnitudes", Tensors.of(new double[] {0, wrong}, 2)));

      assertThat(BilevelCycle.problem(new Hypergradient(1, gradient)).orElseThrow())
          .startsWith("the norm of the hypergradient is ");
    }
  }

  @Test
  void finite_numbers_are_no_problem() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors gradient = NamedTensors.of("logits", Tensors.of(new double[] {0, -1e30}, 2));

      assertThat(BilevelCycle.problem(new Hypergradient(0, gradient))).isEmpty();
    }
  }

  private BilevelCycle.Outcome run(int steps, CycleObserver observer) {
    return cycle.run(start, steps, problem::inner, problem::outer, observer);
  }

  private static void assertSame(NamedTensors actual, NamedTensors expected) {
    for (String name : expected.names()) {
      assertThat(Tensors.toDoubles(actual.get(name)))
          .as(name)
          .containsExactly(Tensors.toDoubles(expected.get(name)));
    }
  }
}
