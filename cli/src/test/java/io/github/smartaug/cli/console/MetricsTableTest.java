package io.github.smartaug.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.metric.ConfusionMatrix;
import io.github.smartaug.metric.Evaluation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTableTest {
  /** Among five classes or fewer the right one is always among the five most probable. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | accuracy 100.00 %, loss 0.5000, calibration error 0.1000",
        "5 | accuracy 100.00 %, loss 0.5000, calibration error 0.1000",
        "6 | accuracy 100.00 %, top 5 75.00 %, loss 0.5000, calibration error 0.1000"
      })
  void top_five_is_told_where_it_says_something(int classes, String line) {
    ConfusionMatrix confusion = new ConfusionMatrix(classes);
    confusion.add(new long[] {1}, new long[] {1});

    assertThat(
            MetricsTable.lines(
                    new Evaluation(0.5, confusion, 0.75, 0.1, List.of()),
                    IntStream.range(0, classes).mapToObj(c -> "class " + c).toList())
                .get(0))
        .isEqualTo(line);
  }
}
