package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.LearnedPolicy;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.Optimizer;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.RandomStream;
import io.github.smartaug.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Device;

/**
 * Everything that changes in a run, at a point from which the run can go on: between two cycles of
 * K inner steps and a meta step. Immutable: a cycle that is broken off leaves no trace.
 *
 * @param inner the model and its optimizer
 * @param augmenter the policy
 * @param metaOptimizer state of the optimizer of the policy
 * @param metaSteps number of meta steps done: says which validation batch is next
 * @param augmentationRandom draws for the next step; never advanced, only copied
 * @param progress position in the run
 * @param reports of the epochs done
 * @param best model so far
 */
record TrainingState(
    InnerState inner,
    Augmenter augmenter,
    OptimizerState metaOptimizer,
    long metaSteps,
    RandomStream augmentationRandom,
    EpochProgress progress,
    List<EpochReport> reports,
    BestModel best) {
  TrainingState {
    reports = List.copyOf(reports);
  }

  /** The state before the first step, in the caller's scope. */
  static TrainingState initial(
      Model model, Augmenter augmenter, TrainingOptions options, Optional<Device> device) {
    try (Scope scope = Scope.open()) {
      NamedTensors parameters =
          moved(model.initialParameters(RandomStream.of(options.seed(), "model")), device);
      NamedTensors buffers = moved(model.initialBuffers(), device);
      return new TrainingState(
          new InnerState(scope.keep(parameters), OptimizerState.initial(), scope.keep(buffers)),
          augmenter,
          OptimizerState.initial(),
          0,
          RandomStream.of(options.seed(), "augmentation"),
          EpochProgress.startOf(1),
          List.of(),
          new BestModel(0, parameters, buffers));
    }
  }

  private static NamedTensors moved(NamedTensors tensors, Optional<Device> device) {
    return device.map(d -> tensors.map(t -> t.to(d, t.scalar_type()))).orElse(tensors);
  }

  /**
   * The same state with every part replaced. The one list of all parts: what is missing here is
   * freed too early, and not in a checkpoint.
   */
  TrainingState map(StateMapping mapping) {
    NamedTensors parameters = mapping.tensors("parameters", inner.parameters());
    return new TrainingState(
        new InnerState(
            parameters,
            mapping.optimizer("optimizer", inner.optimizer(), parameters),
            mapping.tensors("buffers", inner.buffers())),
        mapped(augmenter, mapping),
        mapping.optimizer("meta_optimizer", metaOptimizer, learned()),
        mapping.value("meta_steps", metaSteps, Long.class),
        mapping.random("augmentation_random", augmentationRandom),
        mapping.value("progress", progress, EpochProgress.class),
        List.of(mapping.value("reports", reports.toArray(EpochReport[]::new), EpochReport[].class)),
        new BestModel(
            mapping.value("best_epoch", best.epoch(), Integer.class),
            mapping.tensors("best_parameters", best.parameters()),
            mapping.tensors("best_buffers", best.buffers())));
  }

  private static Augmenter mapped(Augmenter augmenter, StateMapping mapping) {
    if (augmenter instanceof LearnedPolicy policy) {
      return policy.withParameters(mapping.tensors("policy", policy.parameters()));
    }
    return augmenter;
  }

  private NamedTensors learned() {
    return augmenter instanceof LearnedPolicy policy
        ? policy.learnedParameters()
        : NamedTensors.empty();
  }

  TrainingState heldBy(Arena arena) {
    return map(new StateHolder(arena));
  }

  /** After inner steps, the last of which left these. */
  TrainingState after(InnerState newInner, RandomStream newRandom, EpochProgress newProgress) {
    return new TrainingState(
        newInner, augmenter, metaOptimizer, metaSteps, newRandom, newProgress, reports, best);
  }

  /** After a meta step. */
  TrainingState after(LearnedPolicy policy, Optimizer.Update update) {
    return new TrainingState(
        inner,
        policy.withParameters(update.parameters()),
        update.state(),
        metaSteps + 1,
        augmentationRandom,
        progress,
        reports,
        best);
  }

  /** After an epoch, at the start of the next. */
  TrainingState after(EpochReport report) {
    List<EpochReport> all = new ArrayList<>(reports);
    all.add(report);
    return new TrainingState(
        inner,
        augmenter,
        metaOptimizer,
        metaSteps,
        augmentationRandom,
        EpochProgress.startOf(report.epoch() + 1),
        all,
        isBest(report) ? new BestModel(report.epoch(), inner.parameters(), inner.buffers()) : best);
  }

  private boolean isBest(EpochReport report) {
    return best.epoch() == 0
        || report.validationAccuracy() > reports.get(best.epoch() - 1).validationAccuracy();
  }
}
