package io.github.smartaug.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ten images of five classes, worked out by hand:
 *
 * <pre>
 *              predicted
 *              0  1  2  3  4
 *   class 0    2  1  0  0  0
 *   class 1    1  2  1  0  0
 *   class 2    0  0  0  0  0    never occurs, is predicted once
 *   class 3    1  2  0  0  0    occurs, is never predicted
 *   class 4    0  0  0  0  0    does neither
 * </pre>
 */
class ConfusionMatrixTest {
  private static final long[] LABELS = {0, 0, 0, 1, 1, 1, 1, 3, 3, 3};
  private static final long[] PREDICTIONS = {0, 0, 1, 0, 1, 1, 2, 0, 1, 1};

  private final ConfusionMatrix matrix = new ConfusionMatrix(5);

  ConfusionMatrixTest() {
    matrix.add(LABELS, PREDICTIONS);
  }

  @Test
  void counts_are_by_true_class_then_predicted_class() {
    assertThat(matrix.counts())
        .isDeepEqualTo(
            new long[][] {
              {2, 1, 0, 0, 0}, {1, 2, 1, 0, 0}, {0, 0, 0, 0, 0}, {1, 2, 0, 0, 0}, {0, 0, 0, 0, 0}
            });
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 4, 0.5, 0.6666666666666666, 0.5714285714285714",
    "1, 4, 5, 0.4, 0.5, 0.4444444444444444",
    "2, 0, 1, 0, 0, 0",
    "3, 3, 0, 0, 0, 0",
    "4, 0, 0, 0, 0, 0"
  })
  void scores_of_a_class_equal_the_table(
      int label, long support, long predicted, double precision, double recall, double f1) {
    ClassScores scores = matrix.perClass().get(label);

    assertThat(scores.support()).isEqualTo(support);
    assertThat(scores.predicted()).isEqualTo(predicted);
    assertThat(scores.precision()).isCloseTo(precision, within(1e-15));
    assertThat(scores.recall()).isCloseTo(recall, within(1e-15));
    assertThat(scores.f1()).isCloseTo(f1, within(1e-15));
    assertThat(matrix.f1().get(label)).isEqualTo(scores.f1());
  }

  @Test
  void the_macro_average_is_over_the_four_classes_that_occur_or_are_predicted() {
    AverageScores macro = matrix.macro();

    assertThat(macro.precision()).isCloseTo((0.5 + 0.4) / 4, within(1e-15));
    assertThat(macro.recall()).isCloseTo((2.0 / 3 + 0.5) / 4, within(1e-15));
    assertThat(macro.f1()).isCloseTo((4.0 / 7 + 4.0 / 9) / 4, within(1e-15));
  }

  @Test
  void the_micro_average_is_the_accuracy() {
    assertThat(matrix.accuracy()).isEqualTo(0.4);
    assertThat(matrix.micro()).isEqualTo(new AverageScores(0.4, 0.4, 0.4));
  }

  @Test
  void without_predictions_there_is_no_average() {
    ConfusionMatrix empty = new ConfusionMatrix(3);

    assertThat(empty.accuracy()).isNaN();
    assertThat(empty.macro()).isEqualTo(new AverageScores(Double.NaN, Double.NaN, Double.NaN));
    assertThat(empty.f1()).containsExactly(0.0, 0.0, 0.0);
  }

  @Test
  void one_class_alone_is_always_right() {
    ConfusionMatrix one = new ConfusionMatrix(1);
    one.add(new long[] {0, 0}, new long[] {0, 0});

    assertThat(one.accuracy()).isEqualTo(1);
    assertThat(one.macro()).isEqualTo(new AverageScores(1, 1, 1));
  }

  @Test
  void labels_and_predictions_must_be_of_the_same_number() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matrix.add(new long[2], new long[3]))
        .withMessage("predictions: 3 of them, allowed: 2, one per label");
  }
}
