package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.ValidationObjective;
import io.github.smartaug.meta.HyperparameterSource;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Differentiation;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.train.PhaseClock.Phase;
import io.github.smartaug.train.ResumePoint.Occasion;
import java.util.Optional;

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
      ImageObjective objective = objective(before.progress().steps(), Differentiation.ONCE, random);
      InnerStep.Result result =
          clock.time(
              Phase.INNER,
              () ->
                  innerStep.plain(
                      before.inner(),
                      controls.accumulated(objective),
                      NamedTensors.empty(),
                      hyperparameters.from(before.meta().parameters().learned())));
      EpochProgress progress =
          stepDone(before.progress(), objective, result.loss(), result.gradientNorm());
      state.replace(
          before.after(
              result.state(),
              controls.average(before.average(), result.state()),
              random,
              progress.after(clock.lap())));
    }
  }

  private void runCycle() {
    TrainingState before = state.get();
    RandomStream random = before.augmentationRandom().copy();
    EpochProgress progress = before.progress();
    int last = Math.min(data.training().batches(), progress.steps() + options.meta().innerSteps());
    NamedTensors learned = before.meta().parameters().learned();
    try (TensorScope scope = TensorScope.open();
        OwnedValue<Optional<MovingAverage>> average = held(before.average());
        Trajectory trajectory =
            options
                .meta()
                .estimator()
                .start(innerStep, before.inner(), learned, last - progress.steps())) {
      while (progress.steps() < last) {
        ImageObjective objective =
            objective(progress.steps(), options.meta().differentiation(), random);
        Trajectory.StepReport step =
            clock.time(
                Phase.INNER,
                () -> trajectory.step(controls.accumulated(objective), hyperparameters));
        progress = stepDone(progress, objective, step.loss(), step.gradientNorm());
        try (TensorScope stepScope = TensorScope.open()) {
          average.replace(controls.average(average.get(), trajectory.state()));
        }
        if (progress.steps() < last) {
          stop.check();
        }
      }
      MetaState meta = clock.time(Phase.META, () -> metaStep(before.meta(), trajectory, last));
      state.replace(
          before
              .after(meta)
              .after(trajectory.state(), average.get(), random, progress.after(clock.lap())));
    }
  }

  private static OwnedValue<Optional<MovingAverage>> held(Optional<MovingAverage> average) {
    return new OwnedValue<>(average, (value, arena) -> value.map(some -> some.heldBy(arena)));
  }

  private MetaState metaStep(MetaState before, Trajectory trajectory, int step) {
    try (TensorScope scope = TensorScope.open()) {
      Trajectory.Hypergradient hypergradient =
          trajectory.hypergradient(validationObjective(before));
      Optional<String> problem = SkippedMetaSteps.problem(hypergradient);
      if (problem.isPresent()) {
        int allowed = options.controls().meta().maximumSkipped();
        return before.afterSkipped(
            before.skipped().afterSkipped(problem.get(), allowed, epoch, step));
      }
      MetaParameters parameters = before.parameters();
      DifferentiableOptimizer.Update update =
          controls
              .metaOptimizer(parameters::project)
              .update(parameters.learned(), hypergradient.gradient(), before.optimizer());
      return before.after(
          new DifferentiableOptimizer.Update(
              scope.keep(update.parameters()), update.state().map(scope::keep)));
    }
  }

  private ImageObjective objective(int index, Differentiation order, RandomStream random) {
    Batch batch = clock.time(Phase.DATA, () -> data.training().batch(epoch - 1L, index));
    Augmenter augmenter =
        controls.augmenter(state.get().augmenter().inEpoch(epoch, options.epochs()));
    return new ImageObjective(
        controls.innerModel(order),
        data.normalization(),
        options.inner().loss(),
        augmenter,
        batch,
        ImageObjective.draw(augmenter, options.inner().loss(), batch, random),
        random.nextLong());
  }

  private ValidationObjective validationObjective(MetaState meta) {
    return new ValidationObjective(
        model,
        data.normalization(),
        clock.time(Phase.DATA, () -> controls.validationBatch(data.validation(), meta.steps())),
        meta.parameters().augmenter(),
        options.meta().magnitudeRegularizer());
  }

  private EpochProgress stepDone(
      EpochProgress before, ImageObjective objective, double loss, double gradientNorm) {
    EpochProgress progress = before.afterStep(loss);
    DivergedException.requireFinite("training loss", loss, epoch, progress.steps());
    DivergedException.requireFinite("gradient norm", gradientNorm, epoch, progress.steps());
    clock.transfer(objective.augmentationSeconds(), Phase.INNER, Phase.AUGMENTATION);
    listener.stepFinished(new StepReport(epoch, progress.steps(), data.training().batches(), loss));
    return progress;
  }
}
