package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.meta.HyperparameterSource;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.nn.Differentiation;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.Optimizer;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.RandomStream;
import io.github.smartaug.tensor.Scope;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** The steps of one epoch. */
final class EpochRunner {
  private final Model model;
  private final TrainingData data;
  private final TrainingOptions options;
  private final TrainingState state;
  private final int epoch;
  private final InnerStep innerStep;
  private final HyperparameterSource hyperparameters;
  private final EpochControls controls;
  private final long skippedBefore;
  private final Stopwatch meta = new Stopwatch();
  private double lossSum;
  private double augmentationSeconds;

  EpochRunner(
      Model model, TrainingData data, TrainingOptions options, TrainingState state, int epoch) {
    this.model = model;
    this.data = data;
    this.options = options;
    this.state = state;
    this.epoch = epoch;
    this.innerStep = options.inner().step();
    this.hyperparameters =
        options
            .inner()
            .hyperparameters(epoch - 1, options.epochs(), state.metaParameters().hyperparameters());
    this.controls = new EpochControls(model, options, epoch);
    this.skippedBefore = state.skipped().total();
  }

  /** Runs the epoch; the listener is called after every inner step. */
  void run(Consumer<StepReport> listener) {
    int steps = data.training().batches();
    int done = 0;
    while (done < steps) {
      if (state.metaParameters().areLearned() && controls.learns()) {
        int last = Math.min(steps, done + options.meta().innerSteps());
        runCycle(done, last, listener);
        done = last;
      } else {
        runPlainStep(done++, listener);
      }
    }
  }

  double meanLoss() {
    return lossSum / data.training().batches();
  }

  double augmentationSeconds() {
    return augmentationSeconds;
  }

  double metaSeconds() {
    return meta.seconds();
  }

  double metaLearningRate() {
    return controls.metaLearningRate();
  }

  long skippedMetaSteps() {
    return state.skipped().total() - skippedBefore;
  }

  private void runPlainStep(int index, Consumer<StepReport> listener) {
    try (Scope scope = Scope.open()) {
      InnerStep.Result result =
          innerStep.plain(
              state.inner(),
              controls.accumulated(objective(index, Differentiation.ONCE)),
              NamedTensors.empty(),
              hyperparameters.from(state.metaParameters().learned()));
      check(result.loss(), result.gradientNorm(), index);
      state.replaceInner(result.state());
      average(result.state());
      report(result.loss(), index, listener);
    }
  }

  private void runCycle(int first, int last, Consumer<StepReport> listener) {
    NamedTensors learned = state.metaParameters().learned();
    try (Scope scope = Scope.open();
        Trajectory trajectory =
            options.meta().estimator().start(innerStep, state.inner(), learned, last - first)) {
      for (int index = first; index < last; index++) {
        ImageObjective objective = objective(index, options.meta().differentiation());
        Trajectory.StepReport step =
            trajectory.step(controls.accumulated(objective), hyperparameters);
        augmentationSeconds += objective.augmentationSeconds();
        check(step.loss(), step.gradientNorm(), index);
        average(trajectory.state());
        report(step.loss(), index, listener);
      }
      metaStep(trajectory, last - 1);
      state.replaceInner(trajectory.state());
    }
  }

  private void metaStep(Trajectory trajectory, int index) {
    meta.start();
    try (Scope scope = Scope.open()) {
      Trajectory.Hypergradient hypergradient = trajectory.hypergradient(validationObjective());
      Optional<String> problem = SkippedMetaSteps.problem(hypergradient);
      if (problem.isPresent()) {
        int allowed = options.controls().meta().maximumSkipped();
        state.skipMetaStep(state.skipped().afterSkipped(problem.get(), allowed, epoch, index + 1));
        return;
      }
      MetaParameters parameters = state.metaParameters();
      Optimizer.Update update =
          controls
              .metaOptimizer(parameters::project)
              .update(parameters.learned(), hypergradient.gradient(), state.metaOptimizer());
      state.replaceMeta(update);
    } finally {
      meta.stop();
    }
  }

  private ImageObjective objective(int index, Differentiation order) {
    Batch batch = data.training().batch(epoch - 1L, index);
    RandomStream random = state.augmentationRandom();
    Augmenter augmenter =
        controls.augmenter(state.augmenter().inEpoch(epoch, options.epochs()));
    return new ImageObjective(
        controls.innerModel(order),
        data.normalization(),
        options.inner().loss(),
        augmenter,
        batch,
        ImageObjective.draw(augmenter, options.inner().loss(), batch, random),
        random.nextLong());
  }

  private void average(InnerState next) {
    OptionalDouble decay = options.controls().averageDecay();
    if (decay.isPresent()) {
      try (Scope scope = Scope.open()) {
        state.replaceAverage(
            state
                .average()
                .map(average -> average.after(next))
                .orElseGet(() -> MovingAverage.begin(decay.getAsDouble(), next)));
      }
    }
  }

  private ValidationObjective validationObjective() {
    return new ValidationObjective(
        model,
        data.normalization(),
        controls.validationBatch(data.validation(), state.metaSteps()),
        state.augmenter(),
        options.meta().magnitudeRegularizer());
  }

  private void check(double loss, double gradientNorm, int index) {
    DivergedException.requireFinite("training loss", loss, epoch, index + 1);
    DivergedException.requireFinite("gradient norm", gradientNorm, epoch, index + 1);
  }

  private void report(double loss, int index, Consumer<StepReport> listener) {
    lossSum += loss;
    listener.accept(new StepReport(epoch, index + 1, data.training().batches(), loss));
  }
}
