package io.github.smartaug.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CommandTextTest {
  private static final String LAUNCHER = "smartaug.launcher";

  @AfterEach
  void forget() {
    System.clearProperty(LAUNCHER);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_shell_takes_the_words_as_they_were() throws IOException {
    List<String> words =
        List.of(
            "plain/run-1_a.b",
            "two words",
            "it's",
            "a\"b",
            "$HOME",
            "~",
            "*",
            "",
            "a\\b",
            "ä b",
            "`x`",
            "a;b",
            "a&b",
            "#",
            "!",
            "'");
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\n' " + CommandText.words(words)).start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEqualTo(String.join("\n", words) + "\n");
  }

  @Test
  void plain_words_stay_as_they_are() {
    assertThat(CommandText.of("train", "--out", "runs/größe-1.5"))
        .isEqualTo("smartaug train --out runs/größe-1.5");
  }

  @Test
  void the_launcher_has_the_name_that_it_was_called_by() {
    System.setProperty(LAUNCHER, "./smartaug");
    assertThat(CommandText.of("train")).isEqualTo("./smartaug train");
    assertThat(CommandText.qualified("smartaug train")).isEqualTo("./smartaug train");
    System.setProperty(LAUNCHER, "/my tools/smartaug");
    assertThat(CommandText.qualified("smartaug")).isEqualTo("'/my tools/smartaug'");
  }
}
