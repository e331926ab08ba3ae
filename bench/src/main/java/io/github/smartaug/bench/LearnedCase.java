package io.github.smartaug.bench;

import io.github.smartaug.loss.OuterLoss;
import io.github.smartaug.meta.Checkpointed;
import io.github.smartaug.meta.ConjugateGradient;
import io.github.smartaug.meta.FiniteDifference;
import io.github.smartaug.meta.Forward;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.Neumann;
import io.github.smartaug.meta.PairedProbe;
import io.github.smartaug.meta.StepLength;
import io.github.smartaug.meta.Trial;
import io.github.smartaug.meta.Truncated;
import io.github.smartaug.meta.Unrolled;
import java.util.List;
import java.util.Optional;

/**
 * Inner steps and a meta step by an estimator.
 *
 * @param label the estimator's in the case's name
 * @param innerSteps K
 */
record LearnedCase(String label, HypergradientEstimator estimator, int innerSteps) {
  static final List<LearnedCase> ALL =
      List.of(
          new LearnedCase("trial48", new Trial(48), 20),
          new LearnedCase("probe20", new PairedProbe(20), 10),
          new LearnedCase("unrolled", new Unrolled(), 1),
          new LearnedCase("unrolled", new Unrolled(), 5),
          new LearnedCase("unrolled", new Unrolled(), 10),
          new LearnedCase("checkpointed", new Checkpointed(), 5),
          new LearnedCase("checkpointed", new Checkpointed(), 10),
          new LearnedCase("truncated1", new Truncated(1), 1),
          new LearnedCase("truncated1", new Truncated(1), 10),
          new LearnedCase("forward", new Forward(), 1),
          new LearnedCase("forward", new Forward(), 10),
          new LearnedCase("finite-difference", new FiniteDifference(), 1),
          new LearnedCase("finite-difference", new FiniteDifference(), 10),
          new LearnedCase("neumann5", new Neumann(5), 10),
          new LearnedCase("cg5", new ConjugateGradient(5), 10));

  /** The estimator of that label over that many steps. */
  static Optional<LearnedCase> of(String label, int innerSteps) {
    return ALL.stream()
        .filter(learned -> learned.label().equals(label))
        .findFirst()
        .map(learned -> new LearnedCase(label, learned.estimator(), innerSteps));
  }

  /** How many validation batches go with it. */
  int validationBatches() {
    if (estimator.trialImages().isPresent()) {
      return 2;
    }
    return estimator.probeImages().isPresent() ? 4 : 1;
  }

  /** The loss on them. */
  OuterLoss outerLoss() {
    return looksAtAllAlike() ? OuterLoss.CALIBRATED : OuterLoss.CROSS_ENTROPY;
  }

  /** Whether it looks at all transforms equally often, for which losses must not be weighed. */
  boolean looksAtAllAlike() {
    return estimator.probeImages().isPresent() || estimator.trialImages().isPresent();
  }

  /** What it counts of the way: what {@code train} does with a probe. */
  StepLength stepLength() {
    return estimator.probeImages().isPresent() ? StepLength.HELD : StepLength.FREE;
  }

  String name() {
    return "learned-" + label + "-k" + innerSteps;
  }
}
