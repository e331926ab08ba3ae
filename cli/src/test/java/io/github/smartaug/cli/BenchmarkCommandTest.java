package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.cli.options.BenchmarkOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code smartaug benchmark} refuses before anything is run or written; its help. */
class BenchmarkCommandTest {
  @TempDir Path folder;

  private Result benchmark(String... options) {
    List<Object> arguments = new ArrayList<>(List.of("benchmark", "--out", folder.resolve("out")));
    arguments.addAll(List.of(options));
    return InProcess.run(arguments.toArray());
  }

  private void assertRefused(Result result, String message) {
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err().get(0)).startsWith("smartaug: " + message);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--arms=none,best | --arms: \"best\", allowed: none, random, trivial-wide, unlearned,",
        "--arms=none,none | --arms: none,none, allowed: each name once",
        "--arms=oracle | --arms: oracle: there is no file fashion-mnist-mini/oracle.json, allowed",
        "--arms=oracle --oracle=gone.json | --arms: oracle: there is no file gone.json",
        "--seeds=0 | --seeds: 0",
        "--parallel=0 | --parallel: 0",
        "--augment=none | --augment: given for all arms, allowed: in --arms-file or",
        "--resume | --resume: given for all arms, allowed: in --arms-file or",
        "--arms=none --per-class | arm none: --per-class: given with --augment none",
        "--lr=fast | --lr: \"fast\", allowed: a number",
        "--arms=random --random-magnitudes=0.5,2 | --random-magnitudes: 2",
      })
  void wrong_options_are_one_line(String options, String message) {
    assertRefused(benchmark(options.trim().split(" ")), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": \"--lr\"} | a: \"--lr\", allowed: an array",
        "{\"a\": [\"--lr\", \"fast\"]} | a: --lr: \"fast\", allowed: a number",
        "{\"a\": [\"--no-such\"]} | a: Unknown option: '--no-such'",
        "{\"a\": [\"--seed\", \"1\"]} | a: --seed: is the comparison's, allowed: other options",
        "{\"../a\": []} | ../a: cannot be the name of an arm, allowed: letters",
        "[] | [], allowed: an object",
      })
  void a_wrong_file_of_arms_is_one_line(String json, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("arms.json"), json);
    assertRefused(
        benchmark("--arms=none", "--arms-file=" + file), "--arms-file: " + file + ": " + message);
  }

  @Test
  void a_name_is_that_of_one_arm() throws IOException {
    Path file = Files.writeString(folder.resolve("arms.json"), "{\"none\": []}");
    assertRefused(
        benchmark("--arms=none", "--arms-file=" + file),
        "--arms-file: none: is an arm of --arms already, allowed: another name");
  }

  @Test
  void a_folder_that_holds_something_else_is_left_alone() throws IOException {
    Files.createDirectory(folder.resolve("out"));
    Files.writeString(folder.resolve("out/mine.txt"), "mine");

    Result result = benchmark("--arms=none");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.message()).startsWith("smartaug: --out: ").contains("not empty");
    assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**.json");
  }

  @Test
  void every_option_is_in_the_help_and_those_of_training_in_all_of_it() {
    List<OptionSpec> own = new CommandLine(new BenchmarkOptions()).getCommandSpec().options();
    String help = String.join("\n", InProcess.run("benchmark", "--help").out());
    String all = String.join("\n", InProcess.run("benchmark", "--help-all").out());
    assertThat(own).hasSizeGreaterThanOrEqualTo(7);
    for (OptionSpec option : own) {
      assertThat(help).contains("--" + option.names()[0].substring(2) + "=");
      assertThat(all).contains("--" + option.names()[0].substring(2) + "=");
    }
    assertThat(all).contains("The comparison:", "Learning the policy:", "--hypergradient=");
  }

  @Test
  void the_shell_completes_the_names_of_arms() {
    java.io.StringWriter out = new java.io.StringWriter();
    Main.commandLine().setOut(new java.io.PrintWriter(out)).execute("completion");
    assertThat(out.toString()).contains("\"none\" \"random\" \"trivial-wide\" \"unlearned\"");
  }
}
