package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.checkpoint.StateMapping;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.OptimizerState;

/**
 * The outer side of a run.
 *
 * @param parameters what meta steps move
 * @param optimizer state of the optimizer that moves them
 * @param steps number of meta steps done or skipped: says which validation batch is next
 * @param skipped those that were left out
 */
record MetaState(
    MetaParameters parameters, OptimizerState optimizer, long steps, SkippedMetaSteps skipped) {
  /** Before the first meta step, in the caller's scope. */
  static MetaState initial(Augmenter augmenter, InnerOptimizer optimizer) {
    return new MetaState(
        new MetaParameters(augmenter, LearnedHyperparameters.initial(optimizer)),
        OptimizerState.initial(),
        0,
        SkippedMetaSteps.none());
  }

  MetaState after(DifferentiableOptimizer.Update update) {
    return new MetaState(
        parameters.with(update.parameters()), update.state(), steps + 1, skipped.afterDone());
  }

  /** Goes on to the next validation batch with everything as it is. */
  MetaState afterSkipped(SkippedMetaSteps counted) {
    return new MetaState(parameters, optimizer, steps + 1, counted);
  }

  MetaState map(StateMapping mapping) {
    return new MetaState(
        parameters.map(mapping),
        mapping.optimizer("meta_optimizer", optimizer, parameters.learned()),
        mapping.value("meta_steps", steps, Long.class),
        mapping.value("skipped_meta_steps", skipped, SkippedMetaSteps.class));
  }
}
