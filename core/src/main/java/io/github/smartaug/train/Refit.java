package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicySnapshot;
import io.github.smartaug.augment.ReplayedPolicy;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.nn.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Training a fresh model once a policy is learned, on training and validation images together,
 * which then have nothing more to decide. The policy of each epoch is the one that was learned
 * after as many epochs; there are no meta steps. A policy that does not learn is used as it is.
 *
 * <p>Nothing is left to validate on, so that the model of the last epoch is the one that is kept.
 * There are as many epochs as before, on the same learning rate schedule: a training that was ended
 * early is repeated up to there.
 */
public final class Refit {
  private Refit() {}

  /**
   * Rejects what cannot be repeated.
   *
   * @param initial the policy before the first step
   * @param options of the first training
   * @throws IllegalArgumentException if the policy learns without leaving a history, or if
   *     hyperparameters of the optimizer are learned
   */
  public static void requirePossible(Augmenter initial, TrainingOptions options) {
    if (!options.inner().optimizer().learned().isEmpty()) {
      throw new IllegalArgumentException(
          "refit: the optimizer's "
              + String.join(", ", new TreeSet<>(options.inner().optimizer().learned()))
              + " is learned, allowed: hyperparameters that are not");
    }
    if (initial.learns() && !(initial instanceof LearnablePolicy)) {
      throw new IllegalArgumentException(
          "refit: the policy \""
              + initial.description()
              + "\" keeps no history, allowed: policies that are a LearnablePolicy, or do not learn");
    }
  }

  /**
   * A trainer that has not begun.
   *
   * @param initial the policy before the first training
   * @param first the first training; must live until the second has ended
   * @param together training and validation images; its validation source is not used
   * @param options of the first training
   * @throws IllegalArgumentException as {@link #requirePossible}
   */
  public static JointTrainer of(
      Model model,
      Augmenter initial,
      TrainingResult first,
      TrainingData together,
      TrainingOptions options) {
    requirePossible(initial, options);
    TrainingData withoutValidation =
        new TrainingData(
            together.training(), BatchSource.none(), together.test(), together.normalization());
    TrainingOptions lastEpoch =
        options.toBuilder()
            .controls(options.controls().toBuilder().epochChoice(EpochChoice.LAST).build())
            .build();
    JointTrainer trainer =
        new JointTrainer(
            model, schedule(initial, first, options.epochs()), withoutValidation, lastEpoch);
    return trainer.addListener(new LastEpoch(first.epochs().size(), trainer::endAfterEpoch));
  }

  private static Augmenter schedule(Augmenter initial, TrainingResult first, int epochs) {
    if (!(initial.learns() && first.augmenter() instanceof LearnablePolicy learned)) {
      return initial;
    }
    List<PolicySnapshot> history = new ArrayList<>();
    history.add(initial.snapshot(0));
    first.epochs().forEach(report -> history.add(report.policyParameters()));
    // A point for every epoch: where the training ended early, the rest will not be asked for.
    history.addAll(
        Collections.nCopies(epochs + 1 - history.size(), history.get(history.size() - 1)));
    return new ReplayedPolicy(learned, history);
  }

  /** Ends a training after an epoch, at once if it has come so far. */
  private record LastEpoch(int epoch, Runnable end) implements TrainingListener {
    @Override
    public void trainingStarted(TrainingPlan plan) {
      endAt(plan.finished().size());
    }

    @Override
    public void epochFinished(EpochReport report) {
      endAt(report.epoch());
    }

    private void endAt(int done) {
      if (done >= epoch) {
        end.run();
      }
    }
  }
}
