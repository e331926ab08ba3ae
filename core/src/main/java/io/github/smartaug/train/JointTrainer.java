package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.checkpoint.Checkpoint;
import io.github.smartaug.metric.Evaluation;
import io.github.smartaug.metric.Evaluator;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.train.PhaseClock.Phase;
import io.github.smartaug.train.ResumePoint.Occasion;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.bytedeco.pytorch.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a model and, jointly with it, the augmentation policy: after every K inner steps on
 * augmented training batches, one meta step moves the policy's parameters so that the validation
 * loss at the end of those steps would have been smaller.
 *
 * <p>Every random draw follows from the seed: the same run on the same machine with the same number
 * of threads gives the same bits, also if it was interrupted and {@link #resumeFrom resumed}.
 */
public final class JointTrainer {
  private static final Logger LOG = LoggerFactory.getLogger(JointTrainer.class);

  private final Model model;
  private final Augmenter augmenter;
  private TrainingData data;
  private final TrainingOptions options;
  private final Listeners listeners = new Listeners();
  private final StopSignal stop = new StopSignal();
  private Optional<Device> device = Optional.empty();
  private Optional<Checkpoint> checkpoint = Optional.empty();
  private boolean modelIsChecked;
  private volatile boolean endsAfterEpoch;

  /**
   * A trainer.
   *
   * @param model to be trained from fresh parameters
   * @param augmenter how training images are changed; what it {@link Augmenter#learnedParameters
   *     learns} is moved by meta steps
   * @param data to train, validate and test on
   * @param options of the training
   * @throws IllegalArgumentException if the model cannot train on batches as small as the data's,
   *     or is to compute values again and cannot
   */
  public JointTrainer(
      Model model, Augmenter augmenter, TrainingData data, TrainingOptions options) {
    this.model = options.controls().trained(model);
    this.augmenter = augmenter;
    this.data = trainable(model, data);
    this.options = options;
  }

  /**
   * The same images, without a last training batch that is too small for the model.
   *
   * @throws IllegalArgumentException if all training batches are
   */
  public static TrainingData trainable(Model model, TrainingData data) {
    return new TrainingData(
        WithoutSingletonBatch.of(model, data.training()),
        data.validation(),
        data.test(),
        data.normalization());
  }

  /** Trains on that device instead of the CPU. */
  public JointTrainer on(Device chosen) {
    device = Optional.of(chosen);
    data = data.on(chosen);
    return this;
  }

  /**
   * Goes on where a run of the same model, policy, data and options was saved.
   *
   * @param saved must live until {@link #train} is called
   */
  public JointTrainer resumeFrom(Checkpoint saved) {
    checkpoint = Optional.of(saved);
    return this;
  }

  /** Adds a listener, called after those added before. */
  public JointTrainer addListener(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Asks {@link #train} to break off after the current step, for good or to be resumed; may be
   * called from any thread.
   */
  public void stop() {
    stop.give();
  }

  /**
   * Asks {@link #train} to return its result after the current epoch, as if it were the last; may
   * be called from any thread.
   */
  public void endAfterEpoch() {
    endsAfterEpoch = true;
  }

  /**
   * Tries the model on a few images of the data: {@link #train} does it, too, if it was not done.
   *
   * @throws IllegalArgumentException if the model has another number of logits than there are
   *     classes
   */
  public void checkModel() {
    try (TensorScope scope = TensorScope.open()) {
      checkModel(TrainingState.initial(model, augmenter, options, device));
    }
  }

  private void checkModel(TrainingState state) {
    if (modelIsChecked) {
      return;
    }
    if (new ModelCheck(model, data)
        .endsInSoftmax(state.inner().parameters(), state.inner().buffers())) {
      LOG.warn(
          "the model seems to end in a softmax, of which the loss takes another one, so that it"
              + " learns slowly and badly: let it end in logits");
    }
    modelIsChecked = true;
  }

  /**
   * Trains.
   *
   * @return to be closed by the caller
   * @throws DivergedException if a loss or a gradient is not finite
   * @throws CancellationException if {@link #stop} was called
   * @throws IllegalArgumentException if the checkpoint is of another model or policy, or the model
   *     has another number of logits than there are classes
   */
  public TrainingResult train() {
    try (TensorScope scope = TensorScope.open();
        OwnedValue<TrainingState> state = new OwnedValue<>(start(), TrainingState::heldBy)) {
      checkModel(state.get());
      announce(state.get());
      reach(Occasion.START, state.get());
      trainEpochs(state);
      return result(state.get());
    }
  }

  private TrainingState start() {
    TrainingState initial = TrainingState.initial(model, augmenter, options, device);
    return checkpoint.map(saved -> saved.restore(initial)).orElse(initial);
  }

  private void announce(TrainingState state) {
    listeners.trainingStarted(
        new TrainingPlan(
            options.epochs(),
            data.training().batches(),
            state.inner().parameters().elementCount(),
            state.reports(),
            state.progress().steps()));
  }

  private void reach(Occasion occasion, TrainingState state) {
    listeners.resumable(new ResumePoint(occasion, state));
  }

  private void trainEpochs(OwnedValue<TrainingState> state) {
    try {
      while (!isFinished(state.get())) {
        try (TensorScope scope = TensorScope.open()) {
          trainEpoch(state);
        }
      }
    } catch (CancellationException e) {
      reach(Occasion.INTERRUPTION, state.get());
      EpochProgress progress = state.get().progress();
      throw new CancellationException(
          "stopped in epoch " + progress.epoch() + " after step " + progress.steps());
    }
  }

  private boolean isFinished(TrainingState state) {
    boolean mayEnd = endsAfterEpoch && state.progress().steps() == 0 && !state.reports().isEmpty();
    return mayEnd || state.reports().size() == options.epochs();
  }

  private void trainEpoch(OwnedValue<TrainingState> state) {
    PhaseClock clock = new PhaseClock();
    new EpochRunner(model, data, options, state, clock, listeners, stop).run();
    Evaluations evaluations = clock.time(Phase.EVALUATION, () -> evaluate(state.get()));
    EpochReport report = report(state.get(), evaluations, clock.lap());
    state.replace(
        state.get().after(report, options.controls().epochChoice(), data.validation().size()));
    listeners.epochFinished(report);
    reach(Occasion.EPOCH, state.get());
  }

  private Evaluations evaluate(TrainingState state) {
    Evaluator evaluator = new Evaluator(model, data.normalization());
    NamedTensors parameters = state.evaluatedParameters();
    NamedTensors buffers = state.evaluatedBuffers();
    return new Evaluations(
        evaluator.evaluate(parameters, buffers, stop.checkedBy(data.validation())),
        evaluator.evaluate(parameters, buffers, stop.checkedBy(data.test())));
  }

  private EpochReport report(TrainingState state, Evaluations evaluations, PhaseSeconds lap) {
    EpochProgress progress = state.progress();
    int epoch = progress.epoch();
    Augmenter current = state.augmenter().inEpoch(epoch, options.epochs());
    LearnedHyperparameters learned = state.meta().parameters().hyperparameters();
    EpochControls controls = new EpochControls(model, options, epoch);
    return new EpochReport(
        epoch,
        options.epochs(),
        progress.lossSum() / progress.steps(),
        evaluations.validation().loss(),
        evaluations.validation().confusion().accuracy(),
        evaluations.test().confusion().accuracy(),
        evaluations.test().confusion().f1(),
        progress.seconds().plus(lap),
        TorchRuntime.peakResidentBytes(),
        learningRate(learned, epoch),
        PolicyReports.of(current),
        current.temperature(),
        EpochDiagnostics.of(
            evaluations.test(),
            controls.metaLearningRate(),
            current.learns() ? controls.policyShrinkage(state.reports()) : 0,
            state.skippedInEpoch()),
        current.snapshot(epoch),
        learned.values(),
        state.meta().gradients());
  }

  private double learningRate(LearnedHyperparameters learned, int epoch) {
    InnerOptions inner = options.inner();
    double base =
        learned
            .values()
            .getOrDefault(Hyperparameters.LEARNING_RATE, inner.optimizer().learningRate());
    return base * inner.schedule().factor(epoch - 1, options.epochs());
  }

  private TrainingResult result(TrainingState state) {
    Arena arena = new Arena();
    BestModel best = state.best();
    Augmenter augmenter = state.augmenter();
    arena.hold(augmenter.parameters());
    return new TrainingResult(
        state.reports(),
        best.epoch(),
        arena.hold(best.parameters()),
        arena.hold(best.buffers()),
        augmenter,
        findings(state.meta()),
        arena);
  }

  private LearningFindings findings(MetaState end) {
    try (TensorScope scope = TensorScope.open()) {
      MetaState start = MetaState.initial(augmenter, options.inner().optimizer());
      return LearningFindings.of(start.parameters(), end);
    }
  }

  private record Evaluations(Evaluation validation, Evaluation test) {}
}
