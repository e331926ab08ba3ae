package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of every command with values that no one means. */
class HostileOptionsTest {
  private static final List<String> VALUES =
      List.of("", "-1", "NaN", "1e999", "-Infinity", "0x1p3", "viel\u00e4");

  private static final String LONG = "x".repeat(100_000);

  /** What is not given otherwise, so that a value that is allowed costs no time. */
  private static final String SMALL =
      "--limit-train=40 --limit-test=10 --epochs=1 --batch-size=16 --length=1 --inner-steps=1"
          + " --model=mlp --threads=1 --validation-fraction=0.3";

  @TempDir private static Path shared;
  private static Path run;
  private static Path data;

  @TempDir Path folder;
  private Path picture;

  @BeforeAll
  static void train() throws IOException {
    // All of it is little, too: as many images as one likes are no wrong input.
    data = DataFolders.write(shared.resolve("data"), "idx");
    run = shared.resolve("run");
    TinyTraining.train(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate", "predict", "apply", "preview"})
  void every_option_ends_well_with_values_that_no_one_means(String command) throws IOException {
    List<HostileCase> cases = new ArrayList<>();
    for (OptionSpec option : valued(command)) {
      for (String value : VALUES) {
        cases.add(one(command, option.longestName(), value, cases.size()));
      }
    }
    assertThat(cases).hasSizeGreaterThan(20);
    Ordeal.assertAllEndWell(cases);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate", "predict", "apply", "preview"})
  void values_of_100_000_characters_or_with_control_characters_are_not_repeated(String command)
      throws IOException {
    List<HostileCase> cases = new ArrayList<>();
    for (OptionSpec option : valued(command)) {
      cases.add(one(command, option.longestName(), LONG, cases.size()));
      cases.add(one(command, option.longestName(), "a\0b", cases.size()));
      cases.add(one(command, option.longestName(), "\u001b[31mred\nsecond line", cases.size()));
    }
    Ordeal.assertAllEndWell(cases);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate", "predict", "apply", "preview"})
  void the_largest_numbers_end_well(String command) throws IOException {
    List<HostileCase> cases = new ArrayList<>();
    for (OptionSpec option : valued(command)) {
      // As many epochs as one likes are no wrong input.
      if (!option.type().equals(String.class) && !option.longestName().equals("--epochs")) {
        for (String value : List.of("0", "2147483647", "1e30", "99999999999999999999")) {
          cases.add(one(command, option.longestName(), value, cases.size()));
        }
      }
    }
    Ordeal.assertAllEndWell(cases);
  }

  @Test
  void flags_with_values_and_options_twice_or_without_value_end_well() throws IOException {
    List<HostileCase> cases = new ArrayList<>();
    for (String command : List.of("train", "evaluate", "predict", "apply", "preview")) {
      for (OptionSpec option : options(command)) {
        String name = option.longestName();
        boolean flag = option.arity().max() == 0;
        Path own = Files.createDirectory(folder.resolve(command + cases.size()));
        cases.add(
            flag
                ? HostileCase.of(name + " with a value", own, command, name + "=maybe")
                : HostileCase.of(name + " without value", own, command, name));
        cases.add(HostileCase.of(name + " unknown", own, command, name + "x", "1"));
        if (!flag) {
          cases.add(HostileCase.of(name + " twice", own, command, name + "=1", name + "=2"));
        }
      }
    }
    assertThat(cases).hasSizeGreaterThan(100);
    Ordeal.assertAllEndWell(cases);
  }

  private static List<OptionSpec> options(String command) {
    return Main.commandLine().getSubcommands().get(command).getCommandSpec().options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .toList();
  }

  private static List<OptionSpec> valued(String command) {
    return options(command).stream().filter(option -> option.arity().max() > 0).toList();
  }

  /** A command that would do its work but for one option. */
  private HostileCase one(String command, String option, String value, int number)
      throws IOException {
    Path own = Files.createDirectory(folder.resolve(command + number));
    picture = Pictures.write(own.resolve("picture.png"), Pictures.colour(5, 5));
    String given = option.equals("--out") ? own + "/" + value : value;
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(base(command, own).getOrDefault("positional", List.of()));
    for (String other : base(command, own).getOrDefault("options", List.of())) {
      if (!other.startsWith(option + "=")) {
        arguments.add(other);
      }
    }
    arguments.add(option + "=" + given);
    String what = value.length() > 100 ? value.length() + " characters" : value;
    return new HostileCase(option + " \"" + what + "\"", own, arguments);
  }

  private Map<String, List<String>> base(String command, Path own) {
    return switch (command) {
      case "train" -> {
        List<String> options = new ArrayList<>(List.of(SMALL.split(" ")));
        options.add("--dataset=" + data);
        options.add("--out=" + own + "/run");
        yield Map.of("options", options);
      }
      case "evaluate" -> Map.of("positional", List.of(run.toString()));
      case "predict" ->
          Map.of(
              "positional", List.of(run.toString(), picture.toString()),
              "options", List.of("--test-time-augmentation=2", "--threads=1"));
      case "apply" ->
          Map.of(
              "positional", List.of(picture.toString(), own + "/out.png"),
              "options", List.of("--policy=" + run + "/policy.json"));
      default ->
          Map.of(
              "positional",
              List.of(picture.toString()),
              "options",
              List.of("--out=" + own + "/p.png"));
    };
  }
}
