package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.HyperparameterSource;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.OuterObjective;
import io.github.smartaug.meta.RecordedStep;
import io.github.smartaug.meta.RecordedStep.Adjoint;
import io.github.smartaug.meta.StepDerivative;
import io.github.smartaug.meta.SteppedTrajectory;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** An estimator from outside of its package, in public types alone. */
class OwnEstimatorTest {
  private static final double RATE = 0.1;
  private static final InnerStep STEP = new InnerStep(new DifferentiableSgd(), Optional.empty());
  private static final Hyperparameters HYPERPARAMETERS =
      new DifferentiableSgd().defaults().with(Hyperparameters.LEARNING_RATE, RATE);

  /** First-order: takes the derivative of a step's end by its start for the identity. */
  private record FirstOrder() implements HypergradientEstimator {
    @Override
    public Trajectory start(InnerStep step, InnerState state, NamedTensors meta, int steps) {
      return new FirstOrderTrajectory(step, state, meta, steps);
    }
  }

  private static final class FirstOrderTrajectory extends SteppedTrajectory {
    private final List<RecordedStep> recorded = new ArrayList<>();

    FirstOrderTrajectory(InnerStep step, InnerState start, NamedTensors meta, int steps) {
      super(step, start, meta, steps);
    }

    @Override
    protected InnerStep.Outcome advance(
        InnerObjective objective, HyperparameterSource hyperparameters) {
      RecordedStep step = record(current(), objective, hyperparameters, StepDerivative.META);
      recorded.add(step);
      return step.result();
    }

    @Override
    protected NamedTensors pullBack(Adjoint end) {
      try (TensorScope scope = TensorScope.open()) {
        NamedTensors sum =
            recorded.stream()
                .map(step -> step.pullBack(end).meta())
                .reduce((left, right) -> left.combine(right, Tensor::add))
                .orElseThrow();
        return scope.keep(sum);
      }
    }

    @Override
    public Memory held() {
      return new Memory(
          recorded.size(), recorded.stream().mapToLong(RecordedStep::stateBytes).sum());
    }

    @Override
    protected void forget() {
      recorded.forEach(RecordedStep::close);
      recorded.clear();
    }
  }

  private final NamedTensors meta = NamedTensors.of("target", Tensors.of(new double[] {2}));
  private final InnerState start =
      new InnerState(
          NamedTensors.of("theta", Tensors.of(new double[] {0.5})),
          OptimizerState.initial(),
          NamedTensors.empty());
  private final OuterObjective outer = OuterObjective.of((theta, phi) -> theta.get("theta").sum());

  /** With {@code d theta_K / d phi = rate * sum_t (1 - rate)^t}, of which each term becomes 1. */
  @Test
  void an_estimator_from_outside_of_the_package_gives_its_own_hypergradient() {
    InnerObjective squares =
        InnerObjective.of(
            (theta, phi) ->
                theta.get("theta").sub(phi.get("target")).square().sum().mul(new Scalar(0.5)));

    assertThat(hypergradient(new FirstOrder(), squares, 3)).isCloseTo(3 * RATE, within(1e-12));
    assertThat(hypergradient(new Unrolled(), squares, 3))
        .isCloseTo(RATE * (1 + 0.9 + 0.81), within(1e-12));
  }

  @Test
  void it_is_exact_where_the_loss_has_no_curvature() {
    InnerObjective linear =
        InnerObjective.of((theta, phi) -> theta.get("theta").mul(phi.get("target").square()).sum());

    assertThat(hypergradient(new FirstOrder(), linear, 3))
        .isCloseTo(hypergradient(new Unrolled(), linear, 3), within(1e-12))
        .isCloseTo(-3 * RATE * 4, within(1e-12));
  }

  private double hypergradient(
      HypergradientEstimator estimator, InnerObjective objective, int steps) {
    try (TensorScope scope = TensorScope.open();
        Trajectory trajectory = estimator.start(STEP, start, meta, steps)) {
      for (int t = 0; t < steps; t++) {
        trajectory.step(objective, HYPERPARAMETERS);
      }
      assertThat(trajectory.held().steps()).isEqualTo(steps);
      return Tensors.item(trajectory.hypergradient(outer).gradient().get("target"));
    }
  }
}
