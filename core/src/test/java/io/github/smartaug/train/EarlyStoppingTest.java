package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.tensor.TensorScope;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyStoppingTest {
  private int ends;

  private static EpochReport report(int epoch, double accuracy) {
    return MadeUpReport.of(epoch, 1, 1, accuracy);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.5 0.6 0.7,         false",
    "1, 0.5 0.5,             true",
    "2, 0.5 0.4,             false",
    "2, 0.5 0.4 0.5,         true",
    "2, 0.5 0.4 0.6 0.5,     false",
    "2, 0.5 0.4 0.6 0.5 0.6, true"
  })
  void a_run_ends_when_the_accuracy_has_not_risen(int patience, String accuracies, boolean ended) {
    EarlyStopping stopping = new EarlyStopping(patience, () -> ends++);
    double[] each =
        Pattern.compile(" ").splitAsStream(accuracies).mapToDouble(Double::parseDouble).toArray();
    for (int epoch = 1; epoch <= each.length; epoch++) {
      stopping.epochFinished(report(epoch, each[epoch - 1]));
    }
    assertThat(ends > 0).isEqualTo(ended);
  }

  @Test
  void epochs_before_an_interruption_count() {
    EarlyStopping stopping = new EarlyStopping(2, () -> ends++);
    stopping.trainingStarted(
        new TrainingPlan(9, 4, 10, List.of(report(1, 0.5), report(2, 0.4)), 0));
    assertThat(ends).isZero();
    stopping.epochFinished(report(3, 0.5));
    assertThat(ends).isEqualTo(1);
  }

  @Test
  void the_trainer_returns_its_result_after_the_epoch() {
    try (TensorScope scope = TensorScope.open()) {
      JointTrainer trainer = TinyRun.learned(2);
      trainer.addListener(
          new TrainingListener() {
            @Override
            public void stepFinished(StepReport report) {
              trainer.endAfterEpoch();
            }
          });
      assertThat(TinyRun.outcome(trainer).epochs()).hasSize(1);
    }
  }

  @Test
  void a_patience_below_one_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EarlyStopping(0, () -> ends++))
        .withMessage("patience is 0, allowed: at least 1");
  }
}
