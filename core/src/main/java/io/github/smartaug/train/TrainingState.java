package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.checkpoint.Checkpoint;
import io.github.smartaug.checkpoint.Checkpointable;
import io.github.smartaug.checkpoint.StateMapping;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Device;

/**
 * Everything that changes in a run, at a point from which the run can go on: between two cycles of
 * K inner steps and a meta step. Immutable: a cycle that is broken off leaves no trace.
 *
 * @param inner the model and its optimizer
 * @param average of the model over its steps, once it has begun
 * @param meta the policy and what else is learned by meta steps
 * @param augmentationRandom draws for the next step; never advanced, only copied
 * @param progress position in the run
 * @param reports of the epochs done
 * @param best model so far
 */
record TrainingState(
    InnerState inner,
    Optional<MovingAverage> average,
    MetaState meta,
    RandomStream augmentationRandom,
    EpochProgress progress,
    List<EpochReport> reports,
    BestModel best)
    implements Checkpointable<TrainingState> {
  TrainingState {
    reports = List.copyOf(reports);
  }

  /** The state before the first step, in the caller's scope. */
  static TrainingState initial(
      Model model, Augmenter augmenter, TrainingOptions options, Optional<Device> device) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters =
          moved(model.initialParameters(RandomStream.of(options.seed(), "model")), device);
      NamedTensors buffers = moved(model.initialBuffers(), device);
      MetaState meta = MetaState.initial(augmenter, options.inner().optimizer());
      scope.keep(meta.parameters().hyperparameters().parameters());
      return new TrainingState(
          new InnerState(scope.keep(parameters), OptimizerState.initial(), scope.keep(buffers)),
          Optional.empty(),
          meta,
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
  @Override
  public TrainingState map(StateMapping mapping) {
    NamedTensors parameters = mapping.tensors("parameters", inner.parameters());
    return new TrainingState(
        new InnerState(
            parameters,
            mapping.optimizer("optimizer", inner.optimizer(), parameters),
            mapping.tensors("buffers", inner.buffers())),
        mappedAverage(mapping),
        meta.map(mapping),
        mapping.random("augmentation_random", augmentationRandom),
        mapping.value(Checkpoint.PROGRESS, progress, EpochProgress.class),
        List.of(mapping.value("reports", reports.toArray(EpochReport[]::new), EpochReport[].class)),
        new BestModel(
            mapping.value("best_epoch", best.epoch(), Integer.class),
            mapping.tensors("best_parameters", best.parameters()),
            mapping.tensors("best_buffers", best.buffers())));
  }

  private Optional<MovingAverage> mappedAverage(StateMapping mapping) {
    double decay =
        mapping.value("average_decay", average.map(MovingAverage::decay).orElse(0.0), Double.class);
    if (decay == 0) {
      return Optional.empty();
    }
    // Where a state is restored, there is an average that the state before the first step has not.
    MovingAverage like = average.orElseGet(() -> MovingAverage.begin(decay, inner));
    return Optional.of(
        new MovingAverage(
            decay,
            mapping.tensors("average_parameters", like.parameters()),
            mapping.tensors("average_buffers", like.buffers())));
  }

  TrainingState heldBy(Arena arena) {
    return map(StateMapping.holding(arena));
  }

  /** The policy. */
  Augmenter augmenter() {
    return meta.parameters().augmenter();
  }

  /** Parameters of the model that is evaluated: the average, where there is one. */
  NamedTensors evaluatedParameters() {
    return average.map(MovingAverage::parameters).orElse(inner.parameters());
  }

  /** Buffers of the model that is evaluated: the average, where there is one. */
  NamedTensors evaluatedBuffers() {
    return average.map(MovingAverage::buffers).orElse(inner.buffers());
  }

  /** After inner steps, the last of which left these. */
  TrainingState after(
      InnerState newInner,
      Optional<MovingAverage> newAverage,
      RandomStream newRandom,
      EpochProgress newProgress) {
    return new TrainingState(newInner, newAverage, meta, newRandom, newProgress, reports, best);
  }

  /** After a meta step. */
  TrainingState after(MetaState newMeta) {
    return new TrainingState(inner, average, newMeta, augmentationRandom, progress, reports, best);
  }

  /**
   * After an epoch, at the start of the next.
   *
   * @param choice of the model that is kept
   * @param images number of validation images
   */
  TrainingState after(EpochReport report, EpochChoice choice, int images) {
    List<EpochReport> all = new ArrayList<>(reports);
    all.add(report);
    return new TrainingState(
        inner,
        average,
        meta.afterEpoch(),
        augmentationRandom,
        EpochProgress.startOf(report.epoch() + 1),
        all,
        isBest(report, choice, images)
            ? new BestModel(report.epoch(), evaluatedParameters(), evaluatedBuffers())
            : best);
  }

  private boolean isBest(EpochReport report, EpochChoice choice, int images) {
    double highest = reports.stream().mapToDouble(EpochReport::validationAccuracy).max().orElse(0);
    return best.epoch() == 0 || choice.prefers(report.validationAccuracy(), highest, images);
  }

  /** Meta steps left out in the present epoch. */
  long skippedInEpoch() {
    long before = reports.stream().mapToLong(report -> report.details().skippedMetaSteps()).sum();
    return meta.skipped().total() - before;
  }
}
