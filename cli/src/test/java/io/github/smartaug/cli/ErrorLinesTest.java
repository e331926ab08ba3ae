package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.cli.console.OneLine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors are one line that a terminal can show, in words for people. */
class ErrorLinesTest {
  @TempDir Path folder;

  @Test
  void an_input_of_100_000_characters_is_cut_to_200() {
    Result result = InProcess.run("train", "--lr", "x".repeat(100_000));
    String shown = "\"" + "x".repeat(98) + "..." + "x".repeat(96) + "\",";
    assertThat(result.err().get(0)).isEqualTo("smartaug: --lr: " + shown + " allowed: a number");
  }

  @Test
  void a_line_of_many_words_is_cut_too_and_keeps_both_ends() {
    String line = OneLine.of("first " + "word ".repeat(10_000) + "last");
    assertThat(line).hasSize(1400).startsWith("first word").contains("...").endsWith("word last");
  }

  @Test
  void the_longest_word_that_is_shown_whole_has_200_characters() {
    assertThat(OneLine.of("a " + "b".repeat(200) + " c")).isEqualTo("a " + "b".repeat(200) + " c");
    assertThat(OneLine.of("$1\\".repeat(100))).hasSize(200);
  }

  @Test
  void control_characters_are_told_and_not_obeyed() {
    Result result = InProcess.run("train", "--lr", "\u001b[31mred\n\u009b0m\tend");
    assertThat(result.err().get(0))
        .isEqualTo(
            "smartaug: --lr: \"\\u001b[31mred\\u000a\\u009b0m\\u0009end\", allowed: a number");
  }

  @Test
  void letters_of_all_alphabets_stay() {
    assertThat(OneLine.of("Übung 写真 \uD83D\uDCF7")).isEqualTo("Übung 写真 \uD83D\uDCF7");
  }

  @Test
  void a_name_that_is_too_long_for_the_disk_is_one_line() {
    String name = "n".repeat(5_000);
    Result result =
        InProcess.run("preview", "--columns", "2", "--out", folder.resolve(name + ".png"));
    assertThat(result.err()).singleElement().asString().doesNotContain("Exception");
    assertThat(result.exitCode()).isIn(Errors.FAILED, Errors.WRONG_INPUT);
  }
}
