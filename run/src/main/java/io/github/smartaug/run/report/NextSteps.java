package io.github.smartaug.run.report;

import io.github.smartaug.run.CommandText;
import io.github.smartaug.run.LogEntry;
import io.github.smartaug.run.RunConfig;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.run.TestMetrics.ClassEntry;
import io.github.smartaug.train.LearningFindings;
import io.github.smartaug.train.LearningFindings.Finding;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What to do after a run: what its numbers suggest, and what its files are good for. */
final class NextSteps {
  /** Fewer epochs than these do not tell where accuracy is going. */
  private static final int EPOCHS_TO_TELL = 3;

  /** By how much the F1 score of a class is below the average if it is worth a look. */
  private static final double WEAKER = 0.15;

  /** From this calibration error on, probabilities are misleading. */
  private static final double MISLEADING = 0.05;

  private final String run;
  private final List<NextStep> steps = new ArrayList<>();

  private NextSteps(RunFolder folder) {
    this.run = folder.path().toString();
  }

  /** For a run that ended before its last epoch. */
  static List<NextStep> ofUnfinished(RunFolder folder) {
    NextSteps next = new NextSteps(folder);
    next.add(
        "The run ended before its last epoch. It goes on where it was saved.",
        "train",
        "--resume",
        "--out",
        next.run);
    return List.copyOf(next.steps);
  }

  /** For a run that came to its end. */
  static List<NextStep> ofFinished(RunFolder folder, RunConfig config, RunResult result) {
    NextSteps next = new NextSteps(folder);
    next.aboutLearning(config, result);
    next.aboutLength(result);
    next.aboutPredictions(result);
    next.aboutFiles(folder);
    return List.copyOf(next.steps);
  }

  private void aboutLearning(RunConfig config, RunResult result) {
    List<Finding> findings = result.findings().stream().filter(Finding::ofPolicy).toList();
    if (findings.isEmpty()) {
      return;
    }
    if (findings.stream().noneMatch(Finding::learned)) {
      add(
          "Nothing was learned beyond noise, so that the order of the transforms is mostly chance."
              + " More validation images (--validation-fraction), more epochs or more frequent meta"
              + " steps (--inner-steps) would tell more.");
    }
    aboutOverfitting(result.log());
    if (config.data().validationImages() < LearningFindings.FEWEST_VALIDATION_IMAGES) {
      add(
          "The policy was learned from %,d validation images. With so few, --augment random was as good wherever it was tried."
              .formatted(config.data().validationImages()));
    } else if (result.refit() == null) {
      add(
          "With --refit, a fresh model is trained with the learned policy on training and"
              + " validation images together.");
    }
  }

  /**
   * A policy that is learned from what one step does knows nothing of it: it came to transforms
   * that keep no model from overfitting.
   */
  private void aboutOverfitting(List<LogEntry> log) {
    double shrinkage = log.get(log.size() - 1).policyShrinkage();
    if (shrinkage > 0) {
      add(
          text(
              "The model overfits. What keeps it from that in the long run is not seen one step"
                  + " ahead, by which the policy was learned, so that the policy went %.0f %% of the"
                  + " way back to where it started (--overfit-shrinkage). --augment random may do as"
                  + " well here, and costs less.",
              100 * shrinkage));
    }
  }

  private void aboutLength(RunResult result) {
    List<LogEntry> log = result.log();
    if (log.size() < EPOCHS_TO_TELL) {
      add("A run of so few epochs says little. More of them: --epochs.");
      return;
    }
    LogEntry last = log.get(log.size() - 1);
    LogEntry before = log.get(log.size() - EPOCHS_TO_TELL);
    if (result.bestEpoch() == last.epoch() && last.validationLoss() < before.validationLoss()) {
      add("The validation loss was still falling at the end: more epochs may do better.");
    }
  }

  private void aboutPredictions(RunResult result) {
    result.test().classes().stream()
        .filter(entry -> entry.support() > 0)
        .min(Comparator.comparingDouble(ClassEntry::f1))
        .filter(weakest -> weakest.f1() < result.test().macro().f1() - WEAKER)
        .ifPresent(
            weakest ->
                add(
                    text(
                        "%s is the class that the model knows least (F1 %.1f %%, mean %.1f %%): the"
                            + " table of confusions says what it is taken for.",
                        weakest.name(), 100 * weakest.f1(), 100 * result.test().macro().f1())));
    if (result.test().calibrationError() > MISLEADING) {
      add(
          text(
              "Probabilities that the model gives are off by %.1f points on average. Label smoothing"
                  + " (--label-smoothing 0.1) often helps.",
              100 * result.test().calibrationError()));
    }
  }

  private void aboutFiles(RunFolder folder) {
    add("What is on new images:", "predict", run, "PHOTOS");
    if (Files.exists(folder.file(RunFile.POLICY))) {
      String policy = folder.file(RunFile.POLICY).toString();
      add("Another model, trained with this policy:", "train", "--augment", run);
      add("What the policy does to an image of yours:", "preview", "PHOTO", "--policy", policy);
    }
    add("Whether learning pays on these images:", "benchmark", "--dataset", "IMAGES");
  }

  private void add(String text, String... command) {
    steps.add(new NextStep(text, command.length == 0 ? "" : CommandText.of(command)));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
