package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.TrialDraws;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.ValidationObjective;
import io.github.smartaug.meta.BilevelCycle;
import io.github.smartaug.meta.CycleObserver;
import io.github.smartaug.meta.HyperparameterSource;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.train.PhaseClock.Phase;
import io.github.smartaug.train.ResumePoint.Occasion;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The steps of one epoch, from where the state stands. The state changes only at the end of a cycle
 * of inner steps and a meta step (or of a step without one), all at once.
 */
final class EpochRunner {
  private final Model model;
  private final TrainingData data;
  private final TrainingOptions options;
  private final OwnedValue<TrainingState> state;
  private final PhaseClock clock;
  private final TrainingListener listener;
  private final StopSignal stop;
  private final int epoch;
  private final EpochControls controls;
  private final InnerStep innerStep;
  private final HyperparameterSource hyperparameters;

  /** Whether the model's state was made by this epoch, so that nothing but the run needs it. */
  private boolean ownsState;

  EpochRunner(
      Model model,
      TrainingData data,
      TrainingOptions options,
      OwnedValue<TrainingState> state,
      PhaseClock clock,
      TrainingListener listener,
      StopSignal stop) {
    this.model = model;
    this.data = data;
    this.options = options;
    this.state = state;
    this.clock = clock;
    this.listener = listener;
    this.stop = stop;
    this.epoch = state.get().progress().epoch();
    this.controls = new EpochControls(model, options, epoch);
    this.innerStep = options.inner().step();
    this.hyperparameters =
        options
            .inner()
            .hyperparameters(
                epoch - 1, options.epochs(), state.get().meta().parameters().hyperparameters());
  }

  /** Runs to the end of the epoch's steps. */
  void run() {
    while (state.get().progress().steps() < data.training().batches()) {
      if (state.get().meta().parameters().areLearned() && controls.learns()) {
        runCycle();
      } else {
        runPlainStep();
      }
      listener.resumable(new ResumePoint(Occasion.STEPS, state.get()));
      stop.check();
    }
  }

  private void runPlainStep() {
    TrainingState before = state.get();
    RandomStream random = before.augmentationRandom().copy();
    try (TensorScope scope = TensorScope.open()) {
      ImageObjective objective = objective(before.progress().steps(), random);
      InnerStep.Outcome result =
          clock.time(
              Phase.INNER,
              () ->
                  plainStep(
                      before.inner(),
                      controls.accumulated(objective),
                      hyperparameters.from(before.meta().parameters().learned())));
      EpochProgress progress =
          counted(before.progress(), objective, result.loss(), result.gradientNorm());
      state.replace(
          before.after(
              result.state(),
              controls.average(before.average(), result.state()),
              random,
              progress.after(clock.lap())));
      ownsState = true;
      // Not before: what a listener throws must find the state and its tensors at the same step.
      announce(progress, result.loss(), result.gradientNorm());
    }
  }

  private InnerStep.Outcome plainStep(
      InnerState before, InnerObjective objective, Hyperparameters values) {
    return ownsState
        ? innerStep.overwriting(before, objective, NamedTensors.empty(), values)
        : innerStep.plain(before, objective, NamedTensors.empty(), values);
  }

  private void runCycle() {
    TrainingState before = state.get();
    MetaState meta = before.meta();
    RandomStream random = before.augmentationRandom().copy();
    int first = before.progress().steps();
    int last = Math.min(data.training().batches(), first + options.meta().innerSteps());
    BilevelCycle cycle =
        new BilevelCycle(
            innerStep,
            hyperparameters,
            options.meta().estimator(),
            options.meta().stepLength(),
            controls.metaOptimizer(
                meta.parameters().augmenter(), meta.parameters()::project, before.reports()));
    try (TensorScope scope = TensorScope.open();
        CycleProgress progress = new CycleProgress(before, last)) {
      BilevelCycle.Outcome result =
          cycle.run(
              new BilevelCycle.Start(before.inner(), meta.forCycle()),
              last - first,
              step -> progress.begin(first + step, random),
              () -> validationObjective(meta),
              progress);
      MetaState after =
          meta.after(
              result.metaStep(),
              controls.penaltyFactor(),
              options.controls().meta().maximumSkipped(),
              epoch,
              last);
      state.replace(
          before
              .after(after)
              .after(
                  result.inner(), progress.average(), random, progress.epoch().after(clock.lap())));
      announce(result.metaStep(), last);
    }
  }

  /** What a run keeps besides the cycle's own state, from step to step. */
  private final class CycleProgress implements CycleObserver, AutoCloseable {
    private final int last;
    private final OwnedValue<Optional<MovingAverage>> average;
    private EpochProgress progress;
    private ImageObjective objective;

    /**
     * Before the first step.
     *
     * @param last number of steps of the epoch that are done after the cycle
     */
    CycleProgress(TrainingState before, int last) {
      this.last = last;
      this.average =
          new OwnedValue<>(
              before.average(), (value, arena) -> value.map(some -> some.heldBy(arena)));
      this.progress = before.progress();
    }

    /** The objective of a step of the epoch. */
    InnerObjective begin(int index, RandomStream random) {
      objective = EpochRunner.this.objective(index, random);
      if (index == last - 1) {
        objective = withTrials(withProbe(objective, index, random), index, random);
      }
      return controls.accumulated(objective);
    }

    @Override
    public <T> T timed(Activity kind, Supplier<T> work) {
      return clock.time(kind == Activity.INNER_STEP ? Phase.INNER : Phase.META, work);
    }

    @Override
    public void stepDone(Trajectory.StepReport report, BilevelCycle.Running cycle) {
      progress = counted(progress, objective, report.loss(), report.gradientNorm());
      announce(progress, report.loss(), report.gradientNorm());
      try (TensorScope scope = TensorScope.open()) {
        average.replace(controls.average(average.get(), cycle.state()));
      }
      if (progress.steps() < last) {
        stop.check();
      }
    }

    EpochProgress epoch() {
      return progress;
    }

    Optional<MovingAverage> average() {
      return average.get();
    }

    @Override
    public void close() {
      average.close();
    }
  }

  private ImageObjective objective(int index, RandomStream random) {
    Batch batch = clock.time(Phase.DATA, () -> data.training().batch(epoch - 1L, index));
    Augmenter augmenter = augmenter();
    return new ImageObjective(
        model,
        data.normalization(),
        options.inner().loss(),
        augmenter,
        batch,
        ImageObjective.draw(augmenter, options.inner().loss(), batch, random),
        random.nextLong());
  }

  /**
   * The objective with a probe if the estimator asks for one. Its images are the first ones of a
   * batch that is far away in the epoch's order: this batch's own have just moved the model.
   */
  private ImageObjective withProbe(ImageObjective objective, int index, RandomStream random) {
    OptionalInt images = options.meta().estimator().probeImages();
    if (images.isEmpty()) {
      return objective;
    }
    Batch few = firstFarFrom(index, images.getAsInt());
    return ImageObjective.drawProbe(augmenter(), few, random)
        .map(draws -> objective.withProbe(few, draws))
        .orElse(objective);
  }

  /** The objective with trials if the estimator asks for them, on images as those of a probe. */
  private ImageObjective withTrials(ImageObjective objective, int index, RandomStream random) {
    OptionalInt images = options.meta().estimator().trialImages();
    Augmenter augmenter = augmenter();
    if (images.isEmpty() || !augmenter.learns()) {
      return objective;
    }
    Batch few = firstFarFrom(index, images.getAsInt());
    return ImageObjective.drawTrials(augmenter, few, random)
        .map(draws -> withTrials(objective, index, few, draws, random))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "hypergradient estimator: trial, allowed with the policy \""
                        + augmenter.description()
                        + "\", whose transforms are not drawn one by one: probe and others"));
  }

  private ImageObjective withTrials(
      ImageObjective objective, int index, Batch few, TrialDraws draws, RandomStream random) {
    int refinement = options.meta().estimator().refinementImages();
    if (refinement == 0) {
      return objective.withTrials(few, draws);
    }
    Batch more = firstFarFrom(index + 1, refinement);
    return ImageObjective.drawTrials(augmenter(), more, random)
        .map(ofMore -> objective.withTrials(few, draws, more, ofMore))
        .orElseThrow();
  }

  private Batch firstFarFrom(int index, int images) {
    int batches = data.training().batches();
    int other = (index + batches / 2) % batches;
    return clock.time(Phase.DATA, () -> data.training().firstOfBatch(epoch - 1L, other, images));
  }

  private Augmenter augmenter() {
    return controls.augmenter(state.get().augmenter().inEpoch(epoch, options.epochs()));
  }

  private ValidationObjective validationObjective(MetaState meta) {
    return new ValidationObjective(
        model,
        data.normalization(),
        clock.time(Phase.DATA, () -> controls.validationBatch(data.validation(), meta.steps())),
        meta.parameters().augmenter(),
        controls.penaltyFactor(),
        options.meta().outerLoss());
  }

  private EpochProgress counted(
      EpochProgress before, ImageObjective objective, double loss, double gradientNorm) {
    EpochProgress progress = before.afterStep(loss);
    DivergedException.requireFinite("training loss", loss, epoch, progress.steps());
    DivergedException.requireFinite("gradient norm", gradientNorm, epoch, progress.steps());
    clock.transfer(objective.augmentationSeconds(), Phase.INNER, Phase.AUGMENTATION);
    return progress;
  }

  private void announce(EpochProgress progress, double loss, double gradientNorm) {
    listener.stepFinished(
        new StepReport(epoch, progress.steps(), data.training().batches(), loss, gradientNorm));
  }

  private void announce(BilevelCycle.MetaStep step, int last) {
    double norm =
        step.problem().isPresent()
            ? Double.NaN
            : Tensors.item(GradientClipping.globalNorm(step.hypergradient()));
    listener.metaStepFinished(
        new MetaStepReport(epoch, last, step.outerLoss(), norm, step.problem()));
  }
}
