package io.github.smartaug.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.input.InputRange;
import io.github.smartaug.input.JsonField;
import io.github.smartaug.metric.Evaluation;
import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.LearningFindings;
import io.github.smartaug.train.PhaseSeconds;
import io.github.smartaug.train.TrainingResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of {@code result.json}. The names are fixed: other programs read them.
 *
 * @param testAccuracy of the model that the run left behind: that of {@code bestEpoch}, or the one
 *     that was refitted
 * @param testAccuracyLast after the last epoch
 * @param testAccuracyMax the largest of all epochs: optimistic, as it is chosen on the test set
 * @param testAccuracyAugmented of the same model as {@code testAccuracy}, from augmented copies;
 *     NaN if not asked for, null in the file
 * @param bestEpoch the epoch of that model, from 1, chosen by validation accuracy: see {@link
 *     io.github.smartaug.train.EpochChoice}
 * @param lastEpoch the last epoch
 * @param validationAccuracy after {@code bestEpoch}
 * @param validationAccuracyLast after the last epoch
 * @param validationAccuracyMax the highest of all epochs
 * @param secondsPerEpoch mean and deviation
 * @param secondsTotal of all epochs, evaluation and refit included
 * @param secondsData of these, making batches
 * @param secondsAugmentation of these, augmenting images
 * @param secondsInner of these, in the rest of the inner steps
 * @param secondsMeta of these, in meta steps
 * @param secondsEvaluation of these, evaluating
 * @param peakMemoryBytes largest resident size of the process
 * @param device the run was on
 * @param parameters number of parameters of the model
 * @param learned hyperparameters of the optimizer after the last epoch; absent if none are learned
 * @param findings what hypergradients say about every number that was learned, and which of them
 *     moved beyond noise; absent without meta steps
 * @param tiers alternatives of a choice, by the evidence for them: see {@link LearningFindings};
 *     absent if none was learned
 * @param unreadable images that were left out, as paths within the data set; absent if there are
 *     none
 * @param refit what {@code --refit} gave; null without it, absent in the file. What is said of
 *     epochs is said of the training before it
 * @param test the model that the run left behind on the test set, class by class
 * @param log the lines of the log
 */
public record RunResult(
    double testAccuracy,
    double testAccuracyLast,
    double testAccuracyMax,
    double testAccuracyAugmented,
    int bestEpoch,
    int lastEpoch,
    double validationAccuracy,
    double validationAccuracyLast,
    double validationAccuracyMax,
    Spread secondsPerEpoch,
    double secondsTotal,
    double secondsData,
    double secondsAugmentation,
    double secondsInner,
    double secondsMeta,
    double secondsEvaluation,
    long peakMemoryBytes,
    String device,
    long parameters,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> learned,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LearningFindings.Finding> findings,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<List<String>> tiers,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> unreadable,
    @JsonInclude(JsonInclude.Include.NON_NULL) RefitResult refit,
    TestMetrics test,
    List<LogEntry> log) {
  private static final String FINDINGS = "findings";
  private static final String TIERS = "tiers";
  private static final String UNREADABLE = "unreadable";
  private static final String CONFUSION = "confusion";
  private static final String MISTAKES = "mistakes";
  private static final String REFIT = "refit";

  /** Copies lists and map. */
  public RunResult {
    findings = List.copyOf(findings);
    tiers = tiers.stream().map(List::copyOf).toList();
    unreadable = List.copyOf(unreadable);
    learned = Collections.unmodifiableMap(new LinkedHashMap<>(learned));
    log = List.copyOf(log);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it cannot be read, is not JSON, or a field is missing or
   *     wrong; the message names file and field
   */
  public static RunResult read(Path file) {
    JsonField root = RunJson.read(file);
    LogEntry.addLearned(root);
    for (String list : List.of(FINDINGS, TIERS, UNREADABLE)) {
      LogEntry.addEmptyList(root, list);
    }
    if (root.field(REFIT).isAbsent()) {
      ((ObjectNode) root.value()).putNull(REFIT);
    }
    LogEntry.addEmptyList(root.field("test"), MISTAKES);
    LogEntry.addEmptyList(root.field("test"), CONFUSION);
    root.field("log").elements().forEach(LogEntry::addOptionalFields);
    addAccuracies(root);
    return RunJson.as(RunResult.class, root);
  }

  /** What files of earlier versions say in their log alone. */
  private static void addAccuracies(JsonField root) {
    if (!root.field("last_epoch").isAbsent()) {
      return;
    }
    List<JsonField> lines = root.field("log").elements();
    double[] accuracies =
        lines.stream()
            .mapToDouble(line -> line.field("validation_accuracy").number(0, 1))
            .toArray();
    int best = root.field("best_epoch").wholeNumber(1);
    InputRange.within(1, accuracies.length, root.source() + ": best_epoch", best);
    ((ObjectNode) root.value())
        .put("last_epoch", accuracies.length)
        .put("validation_accuracy", accuracies[best - 1])
        .put("validation_accuracy_last", accuracies[accuracies.length - 1])
        .put("validation_accuracy_max", Arrays.stream(accuracies).max().orElseThrow());
  }

  /** The line of the last epoch. */
  public LogEntry last() {
    return log.get(log.size() - 1);
  }

  static RunResult of(
      TrainingResult result,
      Optional<RefitResult.Training> refit,
      String device,
      List<String> unreadable,
      FinalTest finalTest) {
    List<EpochReport> epochs = result.epochs();
    Optional<TrainingResult> refitted = refit.map(RefitResult.Training::result);
    TrainingResult left = refitted.orElse(result);
    PhaseSeconds phases =
        phases(result).plus(refitted.map(RunResult::phases).orElse(PhaseSeconds.NONE));
    return new RunResult(
        left.best().testAccuracy(),
        result.last().testAccuracy(),
        epochs.stream().mapToDouble(EpochReport::testAccuracy).max().orElseThrow(),
        finalTest.augmented().map(Evaluation::accuracy).orElse(Double.NaN),
        result.bestEpoch(),
        result.last().epoch(),
        result.best().validationAccuracy(),
        result.last().validationAccuracy(),
        epochs.stream().mapToDouble(EpochReport::validationAccuracy).max().orElseThrow(),
        Spread.of(epochs.stream().mapToDouble(EpochReport::seconds).toArray()),
        phases.total(),
        phases.data(),
        phases.augmentation(),
        phases.inner(),
        phases.meta(),
        phases.evaluation(),
        left.last().peakMemoryBytes(),
        device,
        result.parameters().elementCount(),
        LearnedValues.of(result.last()),
        result.findings().findings(),
        result.findings().tiers(),
        unreadable,
        refit.map(training -> RefitResult.of(result, training)).orElse(null),
        TestMetrics.of(finalTest.clean(), finalTest.classNames()),
        epochs.stream().map(LogEntry::of).toList());
  }

  static PhaseSeconds phases(TrainingResult result) {
    return result.epochs().stream()
        .map(EpochReport::phases)
        .reduce(PhaseSeconds.NONE, PhaseSeconds::plus);
  }

  /**
   * Mean and standard deviation (of the population: 0 for one value).
   *
   * @param mean of the values
   * @param std of the values
   */
  public record Spread(double mean, double std) {
    static Spread of(double[] values) {
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance =
          Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      return new Spread(mean, Math.sqrt(variance));
    }
  }
}
