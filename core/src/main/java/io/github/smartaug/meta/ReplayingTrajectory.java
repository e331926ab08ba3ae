package io.github.smartaug.meta;

import io.github.smartaug.meta.RecordedStep.Adjoint;
import io.github.smartaug.meta.RecordedStep.Pullback;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.pytorch.Tensor;

/** A trajectory of plain steps, each of which is done again, with its graph, to be differentiated. */
final class ReplayingTrajectory extends SteppedTrajectory {
  private final Deque<Checkpoint> checkpoints = new ArrayDeque<>();

  ReplayingTrajectory(InnerStep step, InnerState start, NamedTensors metaParameters, int steps) {
    super(step, start, metaParameters, steps);
  }

  @Override
  InnerStep.Result advance(InnerObjective objective, HyperparameterSource hyperparameters) {
    checkpoints.addLast(new Checkpoint(current(), objective, hyperparameters));
    return plain(objective, hyperparameters);
  }

  @Override
  NamedTensors pullBack(Adjoint end) {
    try (Scope scope = Scope.open()) {
      NamedTensors sum = MixedDerivative.zeros(metaLeaves());
      Adjoint adjoint = end;
      while (!checkpoints.isEmpty()) {
        try (Scope stepScope = Scope.open();
            Checkpoint last = checkpoints.removeLast();
            RecordedStep recorded = replay(last)) {
          Pullback pullback = recorded.pullBack(adjoint, metaLeaves());
          sum = stepScope.keep(sum.combine(pullback.meta(), Tensor::add));
          adjoint = new Adjoint(stepScope.keep(pullback.start().tensors()));
        }
      }
      return scope.keep(sum);
    }
  }

  private RecordedStep replay(Checkpoint checkpoint) {
    try (Scope scope = Scope.open()) {
      StepStart start = startOfStep(checkpoint.start(), checkpoint.hyperparameters());
      return (checkpoints.isEmpty()
              ? FirstStep.EXACT.record(start, checkpoint.objective())
              : start.record(checkpoint.objective(), GraphStep.Target.START))
          .step();
    }
  }

  @Override
  public Held held() {
    return new Held(
        checkpoints.size(), checkpoints.stream().mapToLong(c -> c.start().bytes()).sum());
  }

  @Override
  void forget() {
    checkpoints.forEach(Checkpoint::close);
    checkpoints.clear();
  }
}
