package io.github.smartaug.cli.run;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.TransformPolicy;
import io.github.smartaug.augment.TransformSequence;
import io.github.smartaug.cli.console.PolicyTable;
import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.run.LearnedValues;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.train.PolicyMovement;
import io.github.smartaug.train.TrainingResult;
import io.github.smartaug.transform.TransformSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run has come to.
 *
 * @param folder of the run
 * @param result of training
 * @param written what {@code result.json} says
 * @param initial the policy before training
 */
record RunSummary(
    TrainOptions options,
    RunFolder folder,
    TrainingResult result,
    RunResult written,
    Augmenter initial) {
  private static final int SHOWN_SEQUENCES = 10;

  /** As one line. */
  static String line(RunFolder folder, RunResult result) {
    return String.format(
        Locale.ROOT,
        "test accuracy %.2f %%, run folder %s",
        100 * result.testAccuracy(),
        folder.path());
  }

  /** All of it, for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(policy());
    if (!result.last().learnedHyperparameters().isEmpty()) {
      lines.add("learned hyperparameters: " + LearnedValues.line(result.last()));
    }
    lines.addAll(result.findings().sentences());
    lines.addAll(accuracies());
    int epochs = result.epochs().size();
    if (epochs < options.training().epochs()) {
      lines.add("ended early after epoch " + epochs + ", validation accuracy stopped rising");
    }
    lines.add("report     " + folder.file(RunFile.REPORT));
    lines.add("run folder " + folder.path());
    return lines;
  }

  private List<String> policy() {
    Optional<TransformSet> transforms =
        result.augmenter().transformPolicy().map(TransformPolicy::transforms);
    if (!result.augmenter().learns() || transforms.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("learned policy:");
    lines.addAll(PolicyTable.lines(result.last().policy(), transforms.get(), result.findings()));
    lines.addAll(sequences());
    PolicyMovement movement = PolicyMovement.between(initial, result.augmenter());
    if (movement.isSmall()) {
      lines.add(movement.sentence());
    }
    double shrinkage = result.last().details().policyShrinkage();
    if (shrinkage > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "the model overfits: the policy went %.0f %% of the way back to where it started",
              100 * shrinkage));
    }
    return lines;
  }

  private List<String> sequences() {
    List<TransformSequence> likeliest =
        result
            .augmenter()
            .transformPolicy()
            .map(policy -> policy.likeliestSequences(SHOWN_SEQUENCES))
            .orElse(List.of());
    if (likeliest.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of("likeliest sequences:"));
    lines.addAll(PolicyTable.lines(likeliest));
    return lines;
  }

  private List<String> accuracies() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "test accuracy %.2f %% (after epoch %d, chosen on validation images; %.2f %% after"
                + " the last)",
            100 * result.best().testAccuracy(),
            result.bestEpoch(),
            100 * result.last().testAccuracy()));
    if (written.refit() != null) {
      lines.add(
          String.format(
              Locale.ROOT,
              "test accuracy %.2f %% after the refit on %,d training and validation images; its model"
                  + " is kept",
              100 * written.refit().testAccuracy(),
              written.refit().images()));
    }
    if (options.controls().testTimeCopies() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "test accuracy %.2f %% from %d augmented copies of each image",
              100 * written.testAccuracyAugmented(),
              options.controls().testTimeCopies()));
    }
    return lines;
  }
}
