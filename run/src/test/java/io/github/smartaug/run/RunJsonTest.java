package io.github.smartaug.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.metric.ConfusionMatrix;
import io.github.smartaug.metric.Evaluation;
import io.github.smartaug.metric.Mistake;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.train.LearningFindings;
import io.github.smartaug.train.TrainingResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunJsonTest {
  @Test
  void a_line_of_the_log_has_the_names_that_other_programs_read() {
    assertThat(RunJson.line(LogEntry.of(EpochReports.learned(1, 2))))
        .isEqualTo(
            "{\"epoch\":1,\"train_loss\":1.23456,\"validation_loss\":0.5,"
                + "\"validation_accuracy\":0.75,\"test_accuracy\":0.71,\"f1\":[0.5,1.0],"
                + "\"seconds\":2.0,\"seconds_data\":0.0,\"seconds_augmentation\":0.5,"
                + "\"seconds_inner\":0.5,\"seconds_meta\":1.0,\"seconds_evaluation\":0.0,"
                + "\"peak_memory_bytes\":123456789,\"lr\":0.05,"
                + "\"policy\":[{\"name\":\"Rotate\",\"probability\":0.25,\"magnitude\":0.5,"
                + "\"loss_share\":0.25},"
                + "{\"name\":\"FlipLR\",\"probability\":0.75,\"magnitude\":1.0,"
                + "\"loss_share\":0.75}],"
                + "\"temperature\":0.8,\"test_top5_accuracy\":0.95,\"test_macro_f1\":0.65,"
                + "\"test_calibration_error\":0.1,\"meta_lr\":0.01,\"policy_shrinkage\":0.25,"
                + "\"skipped_meta_steps\":2}");
  }

  @Test
  void learned_hyperparameters_are_the_last_entry_of_a_line_under_their_short_names() {
    assertThat(RunJson.line(LogEntry.of(EpochReports.learnedHyperparameters(1, 2))))
        .endsWith("\"skipped_meta_steps\":2,\"learned\":{\"lr\":0.1,\"weight_decay\":1.0E-4}}");
  }

  @Test
  void signal_and_noise_of_every_learned_number_are_a_list_of_flat_objects() {
    assertThat(RunJson.line(LogEntry.of(EpochReports.withGradients(1, 1))))
        .endsWith(
            "\"skipped_meta_steps\":2,\"gradients\":["
                + "{\"parameter\":\"logits\",\"entry\":\"Rotate\",\"steps\":4,\"mean\":-0.5,"
                + "\"standard_error\":0.25,\"t\":-2.0},"
                + "{\"parameter\":\"magnitudes\",\"entry\":\"\",\"steps\":1,\"mean\":0.5,"
                + "\"standard_error\":null,\"t\":null}]}");
  }

  @Test
  void what_is_not_a_number_is_null() {
    assertThat(RunJson.line(LogEntry.of(EpochReports.withoutPolicy(1, 1))))
        .contains("\"policy\":[],\"temperature\":null,");
    assertThat(RunJson.line(List.of(Double.NaN, Double.POSITIVE_INFINITY, 1.0)))
        .isEqualTo("[null,null,1.0]");
  }

  @Test
  void a_result_names_the_best_the_last_and_the_largest_test_accuracy() {
    RunResult result =
        RunResult.of(
            new TrainingResult(
                List.of(
                    EpochReports.learned(1, 3),
                    EpochReports.learned(2, 3),
                    EpochReports.learned(3, 3)),
                1,
                NamedTensors.empty(),
                NamedTensors.empty(),
                new NoAugmentation(),
                LearningFindings.none(),
                new Arena()),
            Optional.empty(),
            "cpu",
            List.of(),
            new FinalTest(evaluation(), Optional.empty(), List.of("cat", "dog")));
    assertThat(RunJson.document(result).lines().limit(22).map(String::strip))
        .containsExactly(
            "{",
            "\"test_accuracy\" : 0.71,",
            "\"test_accuracy_last\" : 0.73,",
            "\"test_accuracy_max\" : 0.73,",
            "\"test_accuracy_augmented\" : null,",
            "\"best_epoch\" : 1,",
            "\"last_epoch\" : 3,",
            "\"validation_accuracy\" : 0.75,",
            "\"validation_accuracy_last\" : 0.75,",
            "\"validation_accuracy_max\" : 0.75,",
            "\"seconds_per_epoch\" : {",
            "\"mean\" : 4.0,",
            "\"std\" : 1.632993161855452",
            "},",
            "\"seconds_total\" : 12.0,",
            "\"seconds_data\" : 0.0,",
            "\"seconds_augmentation\" : 1.5,",
            "\"seconds_inner\" : 7.5,",
            "\"seconds_meta\" : 3.0,",
            "\"seconds_evaluation\" : 0.0,",
            "\"peak_memory_bytes\" : 123456789,",
            "\"device\" : \"cpu\",");
  }

  @Test
  void a_table_of_metrics_names_every_class() {
    assertThat(RunJson.line(TestMetrics.of(evaluation(), List.of("cat", "dog"))))
        .isEqualTo(
            "{\"images\":4,\"loss\":0.5,\"accuracy\":0.75,\"top5_accuracy\":1.0,"
                + "\"calibration_error\":0.125,"
                + "\"macro\":{\"precision\":0.375,\"recall\":0.5,\"f1\":0.42857142857142855},"
                + "\"micro\":{\"precision\":0.75,\"recall\":0.75,\"f1\":0.75},"
                + "\"classes\":[{\"name\":\"cat\",\"support\":3,\"predicted\":4,"
                + "\"precision\":0.75,\"recall\":1.0,\"f1\":0.8571428571428571},"
                + "{\"name\":\"dog\",\"support\":1,\"predicted\":0,"
                + "\"precision\":0.0,\"recall\":0.0,\"f1\":0.0}],"
                + "\"confusion\":[[3,0],[1,0]],"
                + "\"mistakes\":[{\"image\":3,\"label\":\"dog\",\"predicted\":\"cat\",\"probability\":0.75}]}");
  }

  @Test
  void the_table_of_confusion_is_written_for_up_to_1000_classes() {
    for (int classes : new int[] {1000, 1001}) {
      Evaluation evaluation =
          new Evaluation(0.5, new ConfusionMatrix(classes), 1, 0.125, List.of());
      List<String> names = IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();

      assertThat(RunJson.line(TestMetrics.of(evaluation, names)).contains("\"confusion\":[["))
          .isEqualTo(classes == 1000);
    }
  }

  private static Evaluation evaluation() {
    ConfusionMatrix confusion = new ConfusionMatrix(2);
    confusion.add(new long[] {0, 0, 0, 1}, new long[] {0, 0, 0, 0});
    return new Evaluation(0.5, confusion, 1, 0.125, List.of(new Mistake(3, 1, 0, 0.75)));
  }
}
