package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.NativeHandles;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step that cannot be done to its end frees what it had for its derivative. */
class FailedStepTest {
  private static final InnerStep FAILS_IN_UPDATE =
      new InnerStep(new DifferentiableSgd(), Optional.empty())
          .withCallback(
              gradients -> {
                throw new IllegalStateException("the callback fails");
              });

  private final List<Directional> made = new ArrayList<>();

  /** An objective with a derivative of its own, as far as it is asked for here. */
  private final class Directional implements InnerObjective.Linearized {
    private final InnerObjective.Evaluation evaluation;
    private boolean closed;

    Directional(InnerObjective.Evaluation evaluation) {
      this.evaluation = evaluation;
      made.add(this);
    }

    @Override
    public InnerObjective.Evaluation evaluation() {
      return evaluation;
    }

    @Override
    public Tensor along(NamedTensors direction, NamedTensors ofBuffers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private InnerObjective linearizable(InnerObjective objective) {
    return new InnerObjective() {
      @Override
      public Evaluation evaluate(NamedTensors parameters, NamedTensors buffers, NamedTensors meta) {
        return objective.evaluate(parameters, buffers, meta);
      }

      @Override
      public Optional<Linearized> linearize(
          NamedTensors parameters, NamedTensors buffers, NamedTensors meta) {
        return Optional.of(new Directional(evaluate(parameters, buffers, meta)));
      }
    };
  }

  @Test
  void an_objectives_own_derivative_is_closed_if_the_update_fails() {
    try (TensorScope scope = TensorScope.open()) {
      SmoothProblem problem = new SmoothProblem();

      requireFailure(FAILS_IN_UPDATE, problem, linearizable(problem.inner(0)), "callback fails");

      assertThat(made).hasSize(1).allMatch(derivative -> derivative.closed);
    }
  }

  @Test
  void an_objectives_own_derivative_is_closed_if_its_loss_has_no_gradient() {
    try (TensorScope scope = TensorScope.open()) {
      SmoothProblem problem = new SmoothProblem();
      InnerObjective constant =
          InnerObjective.of((parameters, meta) -> Tensors.of(new double[] {1, 2}, 2));

      requireFailure(FAILS_IN_UPDATE, problem, linearizable(constant), "");

      assertThat(made).hasSize(1).allMatch(derivative -> derivative.closed);
    }
  }

  static Stream<StepDerivative> derivatives() {
    return Stream.of(
        StepDerivative.START_AND_META,
        StepDerivative.META,
        StepDerivative.META_BY_DUAL_NUMBERS,
        StepDerivative.META_BY_PROBE,
        StepDerivative.META_BY_FINITE_DIFFERENCE,
        StepDerivative.metaByTrial(0.3));
  }

  /** Two workers have the graph of the gradient apart from that of the update. */
  @ParameterizedTest
  @MethodSource("derivatives")
  void a_failed_step_of_several_workers_leaves_no_native_value(StepDerivative derivative) {
    WorkerAverage two =
        new WorkerAverage() {
          @Override
          public int workers() {
            return 2;
          }

          @Override
          public List<Tensor> of(List<Tensor> local) {
            return local;
          }
        };
    try (TensorScope scope = TensorScope.open()) {
      SmoothProblem problem = new SmoothProblem();
      StepDerivative.Start start = start(FAILS_IN_UPDATE.withWorkers(two), problem);

      NativeHandles.requireNoneLeft(
          () ->
              assertThatThrownBy(() -> derivative.record(start, problem.inner(0)))
                  .hasMessage("the callback fails"));
    }
  }

  private static void requireFailure(
      InnerStep step, SmoothProblem problem, InnerObjective objective, String message) {
    assertThatThrownBy(() -> StepDerivative.META.record(start(step, problem), objective))
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining(message);
  }

  private static StepDerivative.Start start(InnerStep step, SmoothProblem problem) {
    return new StepDerivative.Start(
        step,
        problem.start().asLeaves(),
        problem.metaParameters.asLeaves(),
        problem.hyperparameters);
  }
}
