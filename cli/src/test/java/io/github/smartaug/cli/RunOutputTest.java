package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run prints. */
class RunOutputTest {
  @TempDir Path folder;

  @Test
  void a_run_that_learns_sequences_prints_the_ten_likeliest() {
    List<String> out = train("sequence", 2, "--meta-lr=0.02");

    int head = out.indexOf("likeliest sequences:");
    assertThat(head).isPositive();
    assertThat(out.subList(head + 1, head + 11))
        .allMatch(line -> line.matches("  +0\\.\\d\\d %  [^ ]+, then [^ ]+"));
    assertThat(out.get(head + 11)).startsWith("the policy barely moved");
    assertThat(out.get(head + 12)).startsWith("too few meta steps to tell");
    assertThat(out.get(head + 13)).startsWith("test accuracy");
  }

  @Test
  void a_run_prints_strengths_in_units_and_says_which_accuracy_an_epoch_has() {
    List<String> out = train("learned", 1);

    assertThat(out)
        .anyMatch(line -> line.matches("epoch 1/2 .* validation accuracy +[0-9.]+ %.*"))
        .anyMatch(line -> line.matches("  Rotate .* 0\\.\\d\\d +-([0-9.]+) to \\1 degrees"))
        .anyMatch(line -> line.matches("  TranslateX .* -([0-9.]+) to \\1 % of the width"))
        .doesNotContain("likeliest sequences:");
  }

  private List<String> train(String augment, int length, String... more) {
    List<String> arguments = TinyTraining.arguments(folder.resolve("run"));
    arguments.set(arguments.indexOf("--length") + 1, Integer.toString(length));
    arguments.addAll(List.of("--augment", augment));
    arguments.addAll(List.of(more));
    SmartAugProcess.Result result = InProcess.run(arguments.toArray());
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    return result.out();
  }
}
