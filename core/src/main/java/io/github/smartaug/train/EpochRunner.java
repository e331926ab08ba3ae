package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.LearnedPolicy;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.nn.Differentiation;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.Optimizer;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.RandomStream;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.train.PhaseClock.Phase;
import io.github.smartaug.train.ResumePoint.Occasion;

/**
 * The steps of one epoch, from where the state stands. The state changes only at the end of a cycle
 * of inner steps and a meta step (or of a step without one), all at once.
 */
final class EpochRunner {
  private final Model model;
  private final TrainingData data;
  private final TrainingOptions options;
  private final Held<TrainingState> state;
  private final PhaseClock clock;
  private final TrainingListener listener;
  private final StopSignal stop;
  private final int epoch;
  private final InnerStep innerStep;
  private final Hyperparameters hyperparameters;

  EpochRunner(
      Model model,
      TrainingData data,
      TrainingOptions options,
      Held<TrainingState> state,
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
    this.innerStep = options.inner().step();
    this.hyperparameters = options.inner().hyperparameters(epoch - 1, options.epochs());
  }

  /** Runs to the end of the epoch's steps. */
  void run() {
    while (state.get().progress().steps() < data.training().batches()) {
      if (state.get().augmenter() instanceof LearnedPolicy policy && learns(policy)) {
        runCycle(policy);
      } else {
        runPlainStep();
      }
      listener.resumable(new ResumePoint(Occasion.STEPS, state.get()));
      stop.check();
    }
  }

  private static boolean learns(LearnedPolicy policy) {
    return !policy.learnedParameters().isEmpty() && policy.options().length() > 0;
  }

  private void runPlainStep() {
    TrainingState before = state.get();
    RandomStream random = before.augmentationRandom().copy();
    try (Scope scope = Scope.open()) {
      ImageObjective objective = objective(before.progress().steps(), Differentiation.ONCE, random);
      InnerStep.Result result =
          clock.time(
              Phase.INNER,
              () ->
                  innerStep.plain(
                      before.inner(), objective, NamedTensors.empty(), hyperparameters));
      EpochProgress progress =
          stepDone(before.progress(), objective, result.loss(), result.gradientNorm());
      state.replace(before.after(result.state(), random, progress.after(clock.lap())));
    }
  }

  private void runCycle(LearnedPolicy policy) {
    TrainingState before = state.get();
    RandomStream random = before.augmentationRandom().copy();
    EpochProgress progress = before.progress();
    int last = Math.min(data.training().batches(), progress.steps() + options.meta().innerSteps());
    NamedTensors learned = policy.learnedParameters();
    try (Scope scope = Scope.open();
        Trajectory trajectory =
            options.meta().estimator().start(innerStep, before.inner(), learned)) {
      while (progress.steps() < last) {
        ImageObjective objective =
            objective(progress.steps(), options.meta().differentiation(), random);
        Trajectory.StepReport step =
            clock.time(Phase.INNER, () -> trajectory.step(objective, hyperparameters));
        progress = stepDone(progress, objective, step.loss(), step.gradientNorm());
        if (progress.steps() < last) {
          stop.check();
        }
      }
      Optimizer.Update update = clock.time(Phase.META, () -> metaStep(policy, trajectory, last));
      state.replace(
          before
              .after(policy, update)
              .after(trajectory.state(), random, progress.after(clock.lap())));
    }
  }

  private Optimizer.Update metaStep(LearnedPolicy policy, Trajectory trajectory, int step) {
    try (Scope scope = Scope.open()) {
      Trajectory.Hypergradient hypergradient =
          trajectory.hypergradient(validationObjective(policy));
      DivergedException.requireFinite("validation loss", hypergradient.outerLoss(), epoch, step);
      Optimizer.Update update =
          options
              .meta()
              .optimizer(policy)
              .update(
                  policy.learnedParameters(),
                  hypergradient.gradient(),
                  state.get().metaOptimizer());
      return new Optimizer.Update(scope.keep(update.parameters()), update.state().map(scope::keep));
    }
  }

  private ImageObjective objective(int index, Differentiation order, RandomStream random) {
    Batch batch = clock.time(Phase.DATA, () -> data.training().batch(epoch - 1L, index));
    Augmenter augmenter = state.get().augmenter();
    return new ImageObjective(
        model.arrangedFor(order),
        data.normalization(),
        options.inner().loss(),
        augmenter,
        batch,
        augmenter.draw(batch.size(), random),
        random.nextLong());
  }

  /** Validation batches follow one another through the whole set, pass after pass. */
  private ValidationObjective validationObjective(LearnedPolicy policy) {
    BatchSource source = data.validation();
    long metaSteps = state.get().metaSteps();
    long pass = metaSteps / source.batches();
    int index = (int) (metaSteps % source.batches());
    return new ValidationObjective(
        model,
        data.normalization(),
        clock.time(Phase.DATA, () -> source.batch(pass, index)),
        policy,
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
