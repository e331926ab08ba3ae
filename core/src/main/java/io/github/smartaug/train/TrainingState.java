package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.Optimizer;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.RandomStream;
import io.github.smartaug.tensor.Scope;
import java.util.Optional;
import org.bytedeco.pytorch.Device;

/** Everything that changes from step to step, and the owner of its tensors. */
final class TrainingState implements AutoCloseable {
  private final Held<InnerState> inner;
  private final Held<Meta> meta;
  private final RandomStream augmentationRandom;
  private final Held<Optional<MovingAverage>> average;
  private SkippedMetaSteps skipped = SkippedMetaSteps.none();
  private long metaSteps;

  private TrainingState(InnerState inner, Meta meta, RandomStream augmentationRandom) {
    this.inner = new Held<>(inner, InnerState::heldBy);
    this.meta = new Held<>(meta, Meta::heldBy);
    this.augmentationRandom = augmentationRandom;
    this.average = new Held<>(Optional.empty(), (value, arena) -> value.map(a -> a.heldBy(arena)));
  }

  static TrainingState initial(
      Model model, Augmenter augmenter, TrainingOptions options, Optional<Device> device) {
    try (Scope scope = Scope.open()) {
      InnerState inner =
          new InnerState(
              moved(model.initialParameters(RandomStream.of(options.seed(), "model")), device),
              OptimizerState.initial(),
              moved(model.initialBuffers(), device));
      MetaParameters start =
          new MetaParameters(
              augmenter, LearnedHyperparameters.initial(options.inner().optimizer()));
      Meta meta = new Meta(start, OptimizerState.initial());
      return new TrainingState(inner, meta, RandomStream.of(options.seed(), "augmentation"));
    }
  }

  private static NamedTensors moved(NamedTensors tensors, Optional<Device> device) {
    return device.map(d -> tensors.map(t -> t.to(d, t.scalar_type()))).orElse(tensors);
  }

  InnerState inner() {
    return inner.get();
  }

  void replaceInner(InnerState next) {
    inner.replace(next);
  }

  /** The moving average of the model, once it has begun. */
  Optional<MovingAverage> average() {
    return average.get();
  }

  void replaceAverage(MovingAverage next) {
    average.replace(Optional.of(next));
  }

  SkippedMetaSteps skipped() {
    return skipped;
  }

  /** Goes on to the next validation batch with the policy as it is. */
  void skipMetaStep(SkippedMetaSteps counted) {
    skipped = counted;
    metaSteps++;
  }

  Augmenter augmenter() {
    return metaParameters().augmenter();
  }

  MetaParameters metaParameters() {
    return meta.get().parameters();
  }

  OptimizerState metaOptimizer() {
    return meta.get().optimizer();
  }

  void replaceMeta(Optimizer.Update update) {
    meta.replace(new Meta(metaParameters().with(update.parameters()), update.state()));
    skipped = skipped.afterDone();
    metaSteps++;
  }

  /** Number of meta steps done or skipped: says which validation batch is next. */
  long metaSteps() {
    return metaSteps;
  }

  RandomStream augmentationRandom() {
    return augmentationRandom;
  }

  @Override
  public void close() {
    inner.close();
    meta.close();
    average.close();
  }

  /** Meta parameters and the state of the optimizer that moves them. */
  private record Meta(MetaParameters parameters, OptimizerState optimizer) {
    Meta heldBy(Arena arena) {
      return new Meta(parameters.heldBy(arena), optimizer.map(arena::hold));
    }
  }
}
