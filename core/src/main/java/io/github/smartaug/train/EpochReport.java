package io.github.smartaug.train;

import io.github.smartaug.augment.PolicySnapshot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One epoch of training.
 *
 * @param epoch from 1
 * @param epochs length of the run
 * @param trainLoss mean loss of the inner steps
 * @param validationLoss mean cross-entropy on the validation set; NaN without one
 * @param validationAccuracy share of right predictions on the validation set; NaN without one
 * @param testAccuracy share of right predictions on the test set
 * @param f1 F1 score of every class on the test set
 * @param phases what time was spent on, without what listeners do
 * @param peakMemoryBytes largest resident size of the process so far
 * @param learningRate of this epoch; at its end, if it is learned
 * @param policy after the epoch; empty without augmentation
 * @param temperature of the policy; NaN without one
 * @param details more figures
 * @param policyParameters after the epoch; {@link PolicySnapshot#NONE} if nothing is learned
 * @param learnedHyperparameters of the model's optimizer after the epoch, by name; a learning rate
 *     is that before the schedule
 * @param gradients signal and noise of the hypergradients of the epoch, one entry of a learned
 *     parameter after the other; empty without meta steps
 */
public record EpochReport(
    int epoch,
    int epochs,
    double trainLoss,
    double validationLoss,
    double validationAccuracy,
    double testAccuracy,
    List<Double> f1,
    PhaseSeconds phases,
    long peakMemoryBytes,
    double learningRate,
    List<TransformReport> policy,
    double temperature,
    EpochDiagnostics details,
    PolicySnapshot policyParameters,
    Map<String, Double> learnedHyperparameters,
    List<GradientReport> gradients) {
  /** Copies the lists. */
  public EpochReport {
    f1 = List.copyOf(f1);
    policy = List.copyOf(policy);
    gradients = List.copyOf(gradients);
    learnedHyperparameters = Collections.unmodifiableMap(new TreeMap<>(learnedHyperparameters));
  }

  /**
   * The numbers of the epoch by name, those that are not a number left out: for programs that draw
   * curves. Of transform {@code Rotate}, {@code probability/Rotate} and {@code magnitude/Rotate}.
   */
  public Map<String, Double> scalars() {
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("loss/training", trainLoss);
    scalars.put("loss/validation", validationLoss);
    scalars.put("accuracy/validation", validationAccuracy);
    scalars.put("accuracy/test", testAccuracy);
    scalars.put("test/top5_accuracy", details.testTopFiveAccuracy());
    scalars.put("test/macro_f1", details.testMacroF1());
    scalars.put("test/calibration_error", details.testCalibrationError());
    scalars.put("learning_rate", learningRate);
    scalars.put("meta_learning_rate", details.metaLearningRate());
    scalars.put("policy_shrinkage", details.policyShrinkage());
    scalars.put("seconds", seconds());
    scalars.put("peak_memory_bytes", (double) peakMemoryBytes);
    scalars.put("temperature", temperature);
    for (TransformReport transform : policy) {
      scalars.put("probability/" + transform.name(), transform.probability());
      scalars.put("magnitude/" + transform.name(), transform.magnitude());
    }
    learnedHyperparameters.forEach((name, value) -> scalars.put("learned/" + name, value));
    scalars.values().removeIf(value -> !Double.isFinite(value));
    return scalars;
  }

  /** Duration, evaluation included. */
  public double seconds() {
    return phases.total();
  }
}
