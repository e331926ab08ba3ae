package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code smartaug manual}: pages for {@code man}. */
class ManualCommandTest {
  private static final Path GROFF = Path.of("/usr/bin/groff");

  @TempDir Path folder;

  @BeforeEach
  void write() {
    assertThat(InProcess.run("manual", folder.resolve("man1")).exitCode()).isZero();
  }

  @Test
  void every_command_that_help_shows_has_a_page_with_all_its_options() {
    List<CommandLine> commands = ManualPage.withSubcommands(Main.commandLine()).toList();
    assertThat(commands).hasSizeGreaterThan(15);
    for (CommandLine command : commands) {
      Path page = folder.resolve("man1").resolve(ManualPage.fileName(command));
      assertThat(page).content().startsWith(".TH \"SMARTAUG").doesNotContain("${", "%n");
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertThat(page)
            .content()
            .containsPattern("\n\\.B \".*" + option.longestName().replace("-", "\\\\-"));
      }
    }
    assertThat(folder.resolve("man1/smartaug-datasets-fetch.1")).exists();
    assertThat(folder.resolve("man1/smartaug-manual.1")).doesNotExist();
    assertThat(InProcess.run("--help").out()).noneMatch(line -> line.contains("manual"));
  }

  @Test
  void options_stand_in_the_groups_of_help_with_names_from_the_registries() {
    assertThat(folder.resolve("man1/smartaug-train.1"))
        .content()
        .contains(".SS \"Learning the policy\"", ".SS \"What is printed\"", "resnet18\\-3x3");
  }

  @Test
  void groff_sets_every_page_without_a_warning() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(GROFF), "no groff");
    for (Path page : ProjectFiles.filesBelow(folder, ".1")) {
      Process groff =
          new ProcessBuilder(GROFF.toString(), "-man", "-ww", "-Tutf8", page.toString())
              .redirectOutput(folder.resolve("page.txt").toFile())
              .start();
      String warnings = new String(groff.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(groff.waitFor()).isZero();
      assertThat(warnings).as("%s", page).isEmpty();
    }
  }
}
