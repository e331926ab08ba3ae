package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run has written, damaged, and given to whoever reads it. */
class HostileRunsTest {
  private static final String SET =
      """
      [
        {"name":"Rotate","function":"rotate","param":{"min":null,"max":30.0,"invScale":false,"absolute":true}},
        {"name":"FlipLR","function":"flip","param":{"axis":"X"}}
      ]
      """;

  @TempDir private static Path shared;
  private static Path run;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    run = shared.resolve("run");
    List<String> arguments = new ArrayList<>(TinyTraining.arguments(run));
    arguments.addAll(List.of("--model", "lenet"));
    assertThat(InProcess.run(arguments.toArray()).exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"config.json, 21", "result.json, 22", "policy.json, 23", "model.safetensors, 24"})
  void a_damaged_run_ends_well_in_evaluate(String name, long seed) throws IOException {
    List<HostileCase> cases = new ArrayList<>();
    for (Map.Entry<String, byte[]> damaged : damaged(run.resolve(name), seed)) {
      Path own = copy(cases.size(), name, damaged.getValue());
      cases.add(
          HostileCase.of(
              name + ", " + damaged.getKey(),
              own,
              "evaluate",
              own.resolve("run"),
              "--test-time-augmentation",
              "1"));
    }
    Ordeal.assertAllEndWell(cases);
  }

  @ParameterizedTest
  @CsvSource({"state.json, 25", "tensors.safetensors, 26"})
  void a_damaged_checkpoint_ends_well_in_resume(String name, long seed) throws IOException {
    List<HostileCase> cases = new ArrayList<>();
    String last = "checkpoint/" + TinyTraining.checkpoints(run).get(0).getFileName();
    for (Map.Entry<String, byte[]> damaged : damaged(run.resolve(last).resolve(name), seed)) {
      Path own = copy(cases.size(), last + "/" + name, damaged.getValue());
      for (Path other : TinyTraining.checkpoints(own.resolve("run"))) {
        Files.write(other.resolve(name), damaged.getValue());
      }
      Files.delete(own.resolve("run/result.json"));
      cases.add(
          HostileCase.of(
              name + ", " + damaged.getKey(),
              own,
              "train",
              "--resume",
              "--out",
              own.resolve("run")));
    }
    Ordeal.assertAllEndWell(cases);
  }

  @ParameterizedTest
  @ValueSource(strings = {"apply", "preview"})
  void a_damaged_policy_ends_well(String command) throws IOException {
    Ordeal.assertAllEndWell(policyCases(command, damaged(run.resolve("policy.json"), 27)));
  }

  @Test
  void a_policy_beyond_the_limits_of_json_ends_well() throws IOException {
    String policy = Files.readString(run.resolve("policy.json"));
    Ordeal.assertAllEndWell(
        policyCases("apply", List.copyOf(JsonDamage.beyondLimits(policy).entrySet())));
  }

  @Test
  void a_damaged_transform_set_ends_well() throws IOException {
    List<Map.Entry<String, byte[]>> damaged = new ArrayList<>(JsonDamage.all(SET, 28));
    Ordeal.assertAllEndWell(setCases(damaged));
  }

  @Test
  void a_transform_set_beyond_the_limits_of_json_ends_well() throws IOException {
    Ordeal.assertAllEndWell(setCases(List.copyOf(JsonDamage.beyondLimits(SET).entrySet())));
  }

  @Test
  void a_damaged_configuration_ends_well() throws IOException {
    Ordeal.assertAllEndWell(configCases(damaged(run.resolve("config.json"), 30)));
  }

  @Test
  void a_configuration_beyond_the_limits_of_json_ends_well() throws IOException {
    String config = Files.readString(run.resolve("config.json"));
    Ordeal.assertAllEndWell(configCases(List.copyOf(JsonDamage.beyondLimits(config).entrySet())));
  }

  private List<HostileCase> policyCases(String command, List<Map.Entry<String, byte[]>> damaged)
      throws IOException {
    List<HostileCase> cases = new ArrayList<>();
    for (Map.Entry<String, byte[]> one : damaged) {
      Path own = Files.createDirectory(folder.resolve("case" + cases.size()));
      Path picture = Pictures.write(own.resolve("picture.png"), Pictures.colour(8, 8));
      Path policy = Files.write(own.resolve("policy.json"), one.getValue());
      Path out = own.resolve("out.png");
      cases.add(
          command.equals("apply")
              ? HostileCase.of(one.getKey(), own, "apply", "--policy", policy, picture, out)
              : HostileCase.of(
                  one.getKey(),
                  own,
                  "preview",
                  "--columns",
                  "2",
                  "--policy",
                  policy,
                  picture,
                  "--out",
                  out));
    }
    return cases;
  }

  private List<HostileCase> setCases(List<Map.Entry<String, byte[]>> damaged) throws IOException {
    List<HostileCase> cases = new ArrayList<>();
    for (Map.Entry<String, byte[]> one : damaged) {
      Path own = Files.createDirectory(folder.resolve("case" + cases.size()));
      Path set = Files.write(own.resolve("set.json"), one.getValue());
      cases.add(
          HostileCase.of(
              one.getKey(),
              own,
              "preview",
              "--columns",
              "2",
              "--transforms",
              set,
              "--out",
              own.resolve("out.png")));
    }
    return cases;
  }

  private List<HostileCase> configCases(List<Map.Entry<String, byte[]>> damaged)
      throws IOException {
    List<HostileCase> cases = new ArrayList<>();
    for (Map.Entry<String, byte[]> one : damaged) {
      Path own = Files.createDirectory(folder.resolve("case" + cases.size()));
      Path config = Files.write(own.resolve("config.json"), one.getValue());
      cases.add(
          HostileCase.of(
              one.getKey(),
              own,
              "train",
              "--config",
              config,
              "--out",
              own.resolve("run"),
              "--epochs",
              "1",
              "--limit-train",
              "40",
              "--limit-test",
              "10",
              "--threads",
              "1"));
    }
    return cases;
  }

  /** Every third kind of damage, another third with another seed: each case takes a while. */
  private static List<Map.Entry<String, byte[]>> damaged(Path file, long seed) throws IOException {
    byte[] content = Files.readAllBytes(file);
    List<Map.Entry<String, byte[]>> all =
        file.toString().endsWith(".json")
            ? JsonDamage.all(new String(content, StandardCharsets.UTF_8), seed)
            : List.copyOf(Damage.of(content, seed).entrySet());
    List<Map.Entry<String, byte[]>> chosen = new ArrayList<>();
    for (int i = (int) (seed % 3); i < all.size(); i += 3) {
      chosen.add(all.get(i));
    }
    return chosen;
  }

  /** The run with one file replaced, in a folder of its own. */
  private Path copy(int number, String name, byte[] content) throws IOException {
    Path own = Files.createDirectory(folder.resolve("case" + number));
    try (Stream<Path> paths = Files.walk(run)) {
      for (Path path : paths.toList()) {
        Files.copy(path, own.resolve("run").resolve(run.relativize(path).toString()));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Files.write(own.resolve("run").resolve(name), content);
    return own;
  }
}
