package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicySnapshot;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.TorchRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.bytedeco.pytorch.Device;

/**
 * Trains a model and, jointly with it, the augmentation policy: after every K inner steps on
 * augmented training batches, one meta step moves the policy's parameters so that the validation
 * loss at the end of those steps would have been smaller.
 *
 * <p>Every random draw follows from the seed: the same run on the same machine with the same number
 * of threads gives the same bits.
 */
public final class JointTrainer {
  private final Model model;
  private final Augmenter augmenter;
  private TrainingData data;
  private final TrainingOptions options;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private Optional<Device> device = Optional.empty();
  private volatile boolean stopRequested;

  /**
   * A trainer.
   *
   * @param model to be trained from fresh parameters
   * @param augmenter how training images are changed; a {@link LearnablePolicy} is learned
   * @param data to train, validate and test on
   * @param options of the training
   * @throws IllegalArgumentException if the model cannot train on batches as small as the data's
   */
  public JointTrainer(
      Model model, Augmenter augmenter, TrainingData data, TrainingOptions options) {
    this.model = model;
    this.augmenter = augmenter;
    this.data = data.forTraining(model);
    this.options = options;
  }

  /** Trains on that device instead of the CPU. */
  public JointTrainer on(Device chosen) {
    device = Optional.of(chosen);
    data = data.on(chosen);
    return this;
  }

  /** Adds a listener, called after those added before. */
  public JointTrainer addListener(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /** Asks {@link #train} to end after the current step; may be called from any thread. */
  public void stop() {
    stopRequested = true;
  }

  /**
   * Trains.
   *
   * @return to be closed by the caller
   * @throws DivergedException if a loss or a gradient is not finite
   * @throws CancellationException if {@link #stop} was called
   */
  public TrainingResult train() {
    List<EpochReport> reports = new ArrayList<>();
    Evaluator evaluator = new Evaluator(model, data.normalization());
    try (Scope scope = Scope.open();
        TrainingState state = TrainingState.initial(model, augmenter, options, device);
        Held<Snapshot> best = new Held<>(Snapshot.of(state), Snapshot::heldBy)) {
      announce(state);
      int bestEpoch = 0;
      for (int epoch = 1; epoch <= options.epochs(); epoch++) {
        try (Scope epochScope = Scope.open()) {
          EpochReport report = trainEpoch(state, evaluator, epoch);
          if (bestEpoch == 0
              || report.validationAccuracy() > reports.get(bestEpoch - 1).validationAccuracy()) {
            bestEpoch = epoch;
            best.replace(Snapshot.of(state));
          }
          reports.add(report);
          listeners.forEach(listener -> listener.epochFinished(report));
        }
      }
      return result(reports, bestEpoch, best.get(), state);
    }
  }

  private void announce(TrainingState state) {
    long parameters = state.inner().parameters().elementCount();
    TrainingPlan plan = new TrainingPlan(options.epochs(), data.training().batches(), parameters);
    listeners.forEach(listener -> listener.trainingStarted(plan));
  }

  private EpochReport trainEpoch(TrainingState state, Evaluator evaluator, int epoch) {
    long started = System.nanoTime();
    EpochRunner runner = new EpochRunner(model, data, options, state, epoch);
    runner.run(this::stepFinished);
    Snapshot model = Snapshot.of(state);
    Evaluation validation =
        evaluator.evaluate(model.parameters(), model.buffers(), data.validation());
    Evaluation test = evaluator.evaluate(model.parameters(), model.buffers(), data.test());
    Augmenter augmenter = state.augmenter().inEpoch(epoch, options.epochs());
    return new EpochReport(
        epoch,
        options.epochs(),
        runner.meanLoss(),
        validation.loss(),
        validation.confusion().accuracy(),
        test.confusion().accuracy(),
        test.confusion().f1(),
        (System.nanoTime() - started) / 1e9,
        runner.augmentationSeconds(),
        runner.metaSeconds(),
        TorchRuntime.peakResidentBytes(),
        learningRate(state.metaParameters().hyperparameters(), epoch),
        PolicyReports.of(augmenter),
        PolicyReports.temperature(augmenter),
        EpochDetails.of(test, runner.metaLearningRate(), runner.skippedMetaSteps()),
        PolicySnapshot.of(epoch, augmenter),
        state.metaParameters().hyperparameters().values());
  }

  private double learningRate(LearnedHyperparameters learned, int epoch) {
    InnerOptions inner = options.inner();
    double base =
        learned
            .values()
            .getOrDefault(Hyperparameters.LEARNING_RATE, inner.optimizer().learningRate());
    return base * inner.schedule().factor(epoch - 1, options.epochs());
  }

  private void stepFinished(StepReport report) {
    listeners.forEach(listener -> listener.stepFinished(report));
    if (stopRequested) {
      throw new CancellationException(
          "stopped in epoch " + report.epoch() + " after step " + report.step());
    }
  }

  private static TrainingResult result(
      List<EpochReport> reports, int bestEpoch, Snapshot best, TrainingState state) {
    Arena arena = new Arena();
    Snapshot held = best.heldBy(arena);
    Augmenter augmenter = state.augmenter();
    arena.hold(augmenter.parameters());
    return new TrainingResult(
        reports, bestEpoch, held.parameters(), held.buffers(), augmenter, arena);
  }

  /** The model after an epoch, or its moving average. */
  private record Snapshot(NamedTensors parameters, NamedTensors buffers) {
    static Snapshot of(TrainingState state) {
      return state
          .average()
          .map(average -> new Snapshot(average.parameters(), average.buffers()))
          .orElseGet(() -> new Snapshot(state.inner().parameters(), state.inner().buffers()));
    }

    Snapshot heldBy(Arena arena) {
      return new Snapshot(arena.hold(parameters), arena.hold(buffers));
    }
  }
}
