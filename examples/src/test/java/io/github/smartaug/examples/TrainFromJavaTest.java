package io.github.smartaug.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainFromJavaTest {
  private static final Path SOURCE =
      Path.of("src/main/java/io/github/smartaug/examples/TrainFromJava.java");

  @Test
  void the_program_leaves_a_run_and_classifies_an_image(@TempDir Path parent) throws IOException {
    Path folder = parent.resolve("run");

    List<String> lines = output(folder);

    RunFolder run = RunFolder.ofRun(folder);
    assertThat(run.isFinished()).isTrue();
    assertThat(run.log().entries()).isEqualTo(run.result().log()).hasSize(2);
    run.requireFile(RunFile.POLICY);
    assertThat(lines).contains("test accuracy " + run.result().testAccuracy());
    assertThat(lines.get(lines.size() - 1)).matches(".+ \\(\\d+\\.\\d %\\)");
    assertThat(run.config().data().classNames())
        .anyMatch(name -> lines.get(lines.size() - 1).startsWith(name + " ("));
  }

  private static List<String> output(Path folder) throws IOException {
    PrintStream console = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      TrainFromJava.main(new String[] {folder.toString()});
    } finally {
      System.setOut(console);
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void the_readme_quotes_the_program() throws IOException {
    String source = Files.readString(SOURCE);
    String program = source.substring(source.indexOf("import "));

    assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + program + "```\n");
  }
}
