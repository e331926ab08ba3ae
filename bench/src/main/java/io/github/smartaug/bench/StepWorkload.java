package io.github.smartaug.bench;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.ValidationObjective;
import io.github.smartaug.meta.BilevelCycle;
import io.github.smartaug.meta.CycleObserver;
import io.github.smartaug.meta.HyperparameterSource;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.train.InnerOptions;
import io.github.smartaug.train.MetaOptions;
import java.util.OptionalInt;

/** Training steps on one batch of random images, from a state in the midst of training. */
final class StepWorkload {
  private static final MetaOptions META = MetaOptions.defaults(1);

  private final InnerOptions inner = InnerOptions.defaults(0.01);
  private final InnerStep step = inner.step();
  private final Hyperparameters hyperparameters = inner.hyperparameters(0, 1);
  private final RandomStream random = RandomStream.seeded(1);
  private final Model model;
  private final Batch batch;
  private final Normalization normalization;
  private final InnerState state;

  /** Tensors belong to the caller's scope. */
  StepWorkload(Model model, int images) {
    this.model = model;
    this.batch = RandomImages.batch(model.input(), model.classes(), images, random);
    this.normalization = RandomImages.normalization(model.input());
    InnerState fresh =
        new InnerState(
            model.initialParameters(random), OptimizerState.initial(), model.initialBuffers());
    // One step, so that there is momentum as in all steps of a run but the first.
    this.state =
        step.plain(fresh, objective(new NoAugmentation()), NamedTensors.empty(), hyperparameters)
            .state();
  }

  private ImageObjective objective(Augmenter augmenter) {
    return new ImageObjective(
        model,
        normalization,
        inner.loss(),
        augmenter,
        batch,
        augmenter.draw(batch.size(), random),
        random.nextLong());
  }

  /** A step of ordinary training. */
  BenchmarkCase plain(Augmenter augmenter) {
    return memoryProbe -> {
      try (TensorScope scope = TensorScope.open()) {
        step.plain(state, objective(augmenter), NamedTensors.empty(), hyperparameters);
        memoryProbe.run();
      }
    };
  }

  /** Inner steps on a learned policy, and a meta step. */
  BenchmarkCase learned(LearnablePolicy policy, LearnedCase learned) {
    return new BenchmarkCase() {
      @Override
      public void run(Runnable memoryProbe) {
        cycle(policy, learned, memoryProbe);
      }

      @Override
      public int steps() {
        return learned.innerSteps();
      }
    };
  }

  private void cycle(LearnablePolicy policy, LearnedCase learned, Runnable memoryProbe) {
    BilevelCycle cycle =
        new BilevelCycle(
            step,
            HyperparameterSource.fixed(hyperparameters),
            learned.estimator(),
            learned.stepLength(),
            META.optimizer(policy, policy::project));
    BilevelCycle.Meta meta =
        new BilevelCycle.Meta(policy.learnedParameters(), OptimizerState.initial());
    try (TensorScope scope = TensorScope.open()) {
      cycle.run(
          new BilevelCycle.Start(state, meta),
          learned.innerSteps(),
          k ->
              k == learned.innerSteps() - 1
                  ? withFreshImages(objective(policy), policy, learned)
                  : objective(policy),
          () -> {
            // All steps are done, and what was recorded of them is still held.
            memoryProbe.run();
            return new ValidationObjective(
                model,
                normalization,
                repeated(learned.validationBatches()),
                policy,
                META.magnitudeRegularizer(),
                learned.outerLoss());
          },
          CycleObserver.none());
    }
  }

  /** With a probe or trials, if the estimator asks for them. */
  private ImageObjective withFreshImages(
      ImageObjective objective, LearnablePolicy policy, LearnedCase learned) {
    OptionalInt ofProbe = learned.estimator().probeImages();
    OptionalInt ofTrials = learned.estimator().trialImages();
    if (ofTrials.isPresent()) {
      Batch few = batch.first(ofTrials.getAsInt());
      Batch more = batch.first(learned.estimator().refinementImages());
      return objective.withTrials(
          few,
          ImageObjective.drawTrials(policy, few, random).orElseThrow(),
          more,
          ImageObjective.drawTrials(policy, more, random).orElseThrow());
    }
    if (ofProbe.isPresent()) {
      Batch few = batch.first(ofProbe.getAsInt());
      return objective.withProbe(few, ImageObjective.drawProbe(policy, few, random).orElseThrow());
    }
    return objective;
  }

  private Batch repeated(int times) {
    return times == 1
        ? batch
        : new Batch(batch.images().repeat(times, 1, 1, 1), batch.labels().repeat(times));
  }
}
