package io.github.smartaug.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.input.JsonField;
import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.GradientReport;
import io.github.smartaug.train.TransformReport;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of {@code log.jsonl}. The names are fixed: other programs read them.
 *
 * @param epoch from 1
 * @param trainLoss mean over the steps
 * @param validationLoss mean cross-entropy
 * @param validationAccuracy in [0,1]
 * @param testAccuracy in [0,1]
 * @param f1 of every class, on the test set
 * @param seconds of the epoch
 * @param secondsData of these, making batches
 * @param secondsAugmentation of these, augmenting images
 * @param secondsInner of these, in the rest of the inner steps
 * @param secondsMeta of these, in meta steps
 * @param secondsEvaluation of these, evaluating
 * @param peakMemoryBytes largest resident size of the process so far
 * @param lr learning rate
 * @param policy after the epoch
 * @param temperature of the policy; NaN without one, null in the file
 * @param testTop5Accuracy share of test images whose class is among the five likeliest
 * @param testMacroF1 mean F1 score over the classes of the test set
 * @param testCalibrationError expected calibration error on the test set, 15 bins
 * @param metaLr meta learning rate
 * @param policyShrinkage share of the way back to its start that the policy went because the model
 *     overfitted
 * @param skippedMetaSteps meta steps left out because they were not finite
 * @param gradients signal and noise of the hypergradients of the epoch; absent without meta steps
 * @param learned hyperparameters of the optimizer after the epoch; absent if none are learned
 */
public record LogEntry(
    int epoch,
    double trainLoss,
    double validationLoss,
    double validationAccuracy,
    double testAccuracy,
    List<Double> f1,
    double seconds,
    double secondsData,
    double secondsAugmentation,
    double secondsInner,
    double secondsMeta,
    double secondsEvaluation,
    long peakMemoryBytes,
    double lr,
    List<TransformReport> policy,
    double temperature,
    double testTop5Accuracy,
    double testMacroF1,
    double testCalibrationError,
    double metaLr,
    double policyShrinkage,
    long skippedMetaSteps,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GradientReport> gradients,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> learned) {
  private static final String GRADIENTS = "gradients";
  private static final String LEARNED = "learned";
  private static final String LOSS_SHARE = "loss_share";
  private static final String POLICY_SHRINKAGE = "policy_shrinkage";

  /** Copies lists and map. */
  public LogEntry {
    f1 = List.copyOf(f1);
    policy = List.copyOf(policy);
    gradients = List.copyOf(gradients);
    learned = Collections.unmodifiableMap(new LinkedHashMap<>(learned));
  }

  /** The line of an epoch. */
  public static LogEntry of(EpochReport report) {
    return new LogEntry(
        report.epoch(),
        report.trainLoss(),
        report.validationLoss(),
        report.validationAccuracy(),
        report.testAccuracy(),
        report.f1(),
        report.seconds(),
        report.phases().data(),
        report.phases().augmentation(),
        report.phases().inner(),
        report.phases().meta(),
        report.phases().evaluation(),
        report.peakMemoryBytes(),
        report.learningRate(),
        report.policy(),
        report.temperature(),
        report.details().testTopFiveAccuracy(),
        report.details().testMacroF1(),
        report.details().testCalibrationError(),
        report.details().metaLearningRate(),
        report.details().policyShrinkage(),
        report.details().skippedMetaSteps(),
        report.gradients(),
        LearnedValues.of(report));
  }

  static LogEntry read(JsonField line) {
    addOptionalFields(line);
    return RunJson.as(LogEntry.class, line);
  }

  /** What a line leaves out if nothing of the kind was learned, or it is of an earlier version. */
  static void addOptionalFields(JsonField object) {
    addLearned(object);
    addEmptyList(object, GRADIENTS);
    if (object.field(POLICY_SHRINKAGE).isAbsent()) {
      ((ObjectNode) object.value()).put(POLICY_SHRINKAGE, 0);
    }
    for (JsonField transform : object.field("policy").elements()) {
      if (transform.field(LOSS_SHARE).isAbsent()) {
        ((ObjectNode) transform.value()).set(LOSS_SHARE, transform.field("probability").value());
      }
    }
  }

  /** Learned hyperparameters: none where nothing is said of them. */
  static void addLearned(JsonField object) {
    if (object.field(LEARNED).isAbsent()) {
      ((ObjectNode) object.value()).putObject(LEARNED);
    }
  }

  /** A list that is left out where it is empty. */
  static void addEmptyList(JsonField object, String name) {
    if (object.field(name).isAbsent()) {
      ((ObjectNode) object.value()).putArray(name);
    }
  }
}
