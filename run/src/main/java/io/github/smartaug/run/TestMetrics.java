package io.github.smartaug.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.smartaug.metric.AverageScores;
import io.github.smartaug.metric.ClassScores;
import io.github.smartaug.metric.Evaluation;
import io.github.smartaug.metric.Mistake;
import java.util.ArrayList;
import java.util.List;

/**
 * Metrics of a model on a test set, as files have them. The names are fixed: other programs read
 * them.
 *
 * @param images number of images
 * @param loss mean cross-entropy
 * @param accuracy share of right predictions
 * @param top5Accuracy share of images whose class is among the five likeliest
 * @param calibrationError expected calibration error, 15 bins
 * @param macro means over the classes that occur or are predicted
 * @param micro of all predictions pooled
 * @param classes one entry per class
 * @param confusion number of images by true class, then predicted class; empty, and not written,
 *     for more than {@value #MOST_CLASSES_OF_CONFUSION} classes, whose table would fill hundreds of
 *     megabytes with zeros
 * @param mistakes the wrong predictions that the model was surest of, the surest first
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TestMetrics(
    long images,
    double loss,
    double accuracy,
    double top5Accuracy,
    double calibrationError,
    Average macro,
    Average micro,
    List<ClassEntry> classes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) long[][] confusion,
    List<MistakeEntry> mistakes) {
  private static final int MOST_CLASSES_OF_CONFUSION = 1000;

  /** Copies the lists. */
  public TestMetrics {
    classes = List.copyOf(classes);
    mistakes = List.copyOf(mistakes);
  }

  /**
   * The metrics of an evaluation.
   *
   * @param classNames of class 0, 1, ...
   */
  public static TestMetrics of(Evaluation evaluation, List<String> classNames) {
    List<ClassScores> scores = evaluation.confusion().perClass();
    List<ClassEntry> classes = new ArrayList<>();
    for (int c = 0; c < scores.size(); c++) {
      classes.add(ClassEntry.of(classNames.get(c), scores.get(c)));
    }
    return new TestMetrics(
        scores.stream().mapToLong(ClassScores::support).sum(),
        evaluation.loss(),
        evaluation.accuracy(),
        evaluation.topFiveAccuracy(),
        evaluation.calibrationError(),
        Average.of(evaluation.confusion().macro()),
        Average.of(evaluation.confusion().micro()),
        classes,
        scores.size() > MOST_CLASSES_OF_CONFUSION ? new long[0][] : evaluation.confusion().counts(),
        evaluation.mistakes().stream().map(m -> MistakeEntry.of(m, classNames)).toList());
  }

  /**
   * Averages over classes.
   *
   * @param precision in [0,1]
   * @param recall in [0,1]
   * @param f1 in [0,1]
   */
  public record Average(double precision, double recall, double f1) {
    static Average of(AverageScores scores) {
      return new Average(scores.precision(), scores.recall(), scores.f1());
    }
  }

  /**
   * Scores of one class.
   *
   * @param name of the class
   * @param support number of its images
   * @param predicted number of images taken for it
   * @param precision in [0,1]
   * @param recall in [0,1]
   * @param f1 in [0,1]
   */
  public record ClassEntry(
      String name, long support, long predicted, double precision, double recall, double f1) {
    static ClassEntry of(String name, ClassScores scores) {
      return new ClassEntry(
          name,
          scores.support(),
          scores.predicted(),
          scores.precision(),
          scores.recall(),
          scores.f1());
    }
  }

  /**
   * A wrong prediction.
   *
   * @param image its place in the test set, from 0
   * @param label name of its class
   * @param predicted name of the class that it was taken for
   * @param probability that the model gave that one, in [0,1]
   */
  public record MistakeEntry(long image, String label, String predicted, double probability) {
    static MistakeEntry of(Mistake mistake, List<String> classNames) {
      return new MistakeEntry(
          mistake.image(),
          classNames.get(mistake.label()),
          classNames.get(mistake.predicted()),
          mistake.probability());
    }
  }
}
