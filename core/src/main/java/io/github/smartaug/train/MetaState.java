package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.checkpoint.StateMapping;
import io.github.smartaug.meta.BilevelCycle;
import io.github.smartaug.optim.OptimizerState;
import java.util.List;

/**
 * The outer side of a run.
 *
 * @param parameters what meta steps move
 * @param optimizer state of the optimizer that moves them
 * @param steps number of meta steps done or skipped: says which validation batch is next
 * @param skipped those that were left out
 * @param meter of the hypergradients of those that were done
 */
record MetaState(
    MetaParameters parameters,
    OptimizerState optimizer,
    long steps,
    SkippedMetaSteps skipped,
    GradientMeter meter) {
  /** Before the first meta step, in the caller's scope. */
  static MetaState initial(Augmenter augmenter, InnerOptimizer optimizer) {
    return new MetaState(
        new MetaParameters(augmenter, LearnedHyperparameters.initial(optimizer)),
        OptimizerState.initial(),
        0,
        SkippedMetaSteps.none(),
        GradientMeter.empty());
  }

  /** What a cycle starts from. */
  BilevelCycle.Meta forCycle() {
    return new BilevelCycle.Meta(parameters.learned(), optimizer);
  }

  /**
   * Takes over what a meta step changed. A skipped one changed nothing; the next one takes the next
   * validation batch all the same.
   *
   * @param penaltyFactor of the policy's penalty in the hypergradient
   * @param allowed skipped meta steps in a row
   * @param step of the epoch, for messages
   * @throws DivergedException at so many in a row
   */
  MetaState after(
      BilevelCycle.MetaStep done, double penaltyFactor, int allowed, int epoch, int step) {
    if (done.problem().isPresent()) {
      return new MetaState(
          parameters,
          optimizer,
          steps + 1,
          skipped.afterSkipped(done.problem().get(), allowed, epoch, step),
          meter);
    }
    return new MetaState(
        parameters.with(done.after().parameters()),
        done.after().optimizer(),
        steps + 1,
        skipped.afterDone(),
        meter.after(parameters, done.hypergradient(), penaltyFactor));
  }

  /** Signal and noise of the hypergradients of the present epoch. */
  List<GradientReport> gradients() {
    return meter.reports(parameters.augmenter());
  }

  /** At the start of the next epoch. */
  MetaState afterEpoch() {
    return new MetaState(parameters, optimizer, steps, skipped, meter.afterEpoch());
  }

  MetaState map(StateMapping mapping) {
    return new MetaState(
        parameters.map(mapping),
        mapping.optimizer("meta_optimizer", optimizer, parameters.learned()),
        mapping.value("meta_steps", steps, Long.class),
        mapping.value("skipped_meta_steps", skipped, SkippedMetaSteps.class),
        mapping.value("gradient_meter", meter, GradientMeter.class));
  }
}
