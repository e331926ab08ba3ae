package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.file.AtomicFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code smartaug benchmark} as a user runs it, on very little data. */
class BenchmarkIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static List<String> arguments(String... more) {
    List<String> arguments = new ArrayList<>(List.of("benchmark", "--out=compared"));
    arguments.addAll(List.of("--limit-train=120", "--limit-test=60", "--batch-size=32"));
    arguments.addAll(List.of("--threads=1", "--length=1"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private Result benchmark(String... more) {
    return SmartAugProcess.run(folder, arguments(more).toArray(String[]::new));
  }

  private JsonNode results() throws IOException {
    return JSON.readTree(folder.resolve("compared/benchmark.json").toFile());
  }

  @Test
  void two_arms_with_two_seeds_end_in_a_table_and_a_sentence_and_lost_runs_are_run_again()
      throws IOException {
    String[] options = {"--arms=none,learned", "--seeds=2", "--seed=4", "--epochs=2"};
    Result result = benchmark(options);

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    // Seeds are interleaved.
    assertThat(result.out().stream().filter(line -> line.startsWith("[")))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("[1/4] none/seed-4: test "),
            line -> assertThat(line).startsWith("[2/4] learned/seed-4: test "),
            line -> assertThat(line).startsWith("[3/4] none/seed-5: test "),
            line -> assertThat(line).startsWith("[4/4] learned/seed-5: test "));
    JsonNode json = results();
    assertThat(json.path("complete").asBoolean()).isTrue();
    assertThat(json.path("reference").asText()).isEqualTo("none");
    assertThat(result.out()).contains(json.path("sentence").asText());
    double sum = 0;
    for (int seed = 4; seed <= 5; seed++) {
      sum += accuracy("learned", seed) - accuracy("none", seed);
    }
    JsonNode learned = json.path("arms").get(1);
    assertThat(learned.path("difference_to_reference").path("points").asDouble())
        .isCloseTo(100 * sum / 2, within(1e-9));
    assertThat(learned.path("overhead").asDouble()).isPositive();
    assertThat(result.out()).anyMatch(line -> line.matches("learned +2 +[0-9.]+ \\+- [0-9.]+ .*"));
    assertThat(Files.readString(folder.resolve("compared/benchmark.html")))
        .contains("<svg", "prefers-color-scheme", "seed 5")
        .doesNotContain("http", "<script");

    AtomicFolder.delete(folder.resolve("compared/learned/seed-4"));
    FileTime untouched = Files.getLastModifiedTime(result("none", 5));
    Result again = benchmark(options);

    assertThat(again.exitCode()).as("%s", again.err()).isZero();
    assertThat(again.out().stream().filter(line -> line.endsWith("(finished before)"))).hasSize(3);
    assertThat(Files.getLastModifiedTime(result("none", 5))).isEqualTo(untouched);
    assertThat(accuracies(results())).isEqualTo(accuracies(json));

    Result other = benchmark("--arms=none", "--seeds=2", "--seed=4", "--epochs=3");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.message())
        .startsWith("smartaug: --out: compared/none/seed-4: a run with --epochs 2, allowed: 3");
  }

  private Path result(String arm, int seed) {
    return folder.resolve("compared/" + arm + "/seed-" + seed + "/result.json");
  }

  private double accuracy(String arm, int seed) throws IOException {
    return JSON.readTree(result(arm, seed).toFile()).path("test_accuracy").asDouble();
  }

  private static List<Double> accuracies(JsonNode results) {
    return results.findValues("test_accuracy").stream().map(JsonNode::asDouble).toList();
  }

  @Test
  void the_folds_of_a_cross_validation_are_runs_of_their_own_and_have_a_mean_and_a_spread()
      throws IOException {
    String[] options = {"--arms=none", "--folds=3", "--seed=4", "--epochs=1"};
    Result result = benchmark(options);

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(result.out())
        .contains("folds   3, each with a seed", "seeds   4, 5, 6")
        .anyMatch(line -> line.matches("none +3 +[0-9.]+ \\+- [0-9.]+ .*"));
    List<String> tested = new ArrayList<>();
    for (int fold = 1; fold <= 3; fold++) {
      Path run = folder.resolve("compared/none/fold-" + fold);
      assertThat(result.out())
          .anyMatch(line -> line.contains("] none/" + run.getFileName() + ": "));
      Files.readAllLines(run.resolve("split.csv")).stream()
          .filter(line -> line.endsWith(",test"))
          .forEach(tested::add);
    }
    assertThat(tested).hasSize(120).doesNotHaveDuplicates();

    Result again = benchmark(options);
    assertThat(again.out().stream().filter(line -> line.endsWith("(finished before)"))).hasSize(3);
  }

  @Test
  void a_random_policy_is_searched_on_a_seed_of_its_own_and_further_arms_come_from_a_file()
      throws IOException {
    Files.writeString(
        folder.resolve("arms.json"),
        "{\"half\": [\"--augment\", \"random\", \"--magnitude=0.5\"]}");

    Result result =
        benchmark(
            "--arms=random",
            "--arms-file=arms.json",
            "--seeds=1",
            "--epochs=1",
            "--random-lengths=1",
            "--random-magnitudes=0.1,0.9",
            "--parallel=2");

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    JsonNode json = results();
    JsonNode low = json.path("search").path("length-1-magnitude-0.1");
    JsonNode high = json.path("search").path("length-1-magnitude-0.9");
    assertThat(low.path("seed").asLong()).isEqualTo(1_000_000);
    JsonNode random = json.path("arms").get(0);
    assertThat(random.path("options").path("magnitude").asText())
        .isEqualTo(isBetter(low, high) ? "0.1" : "0.9");
    assertThat(random.path("seconds_search").asDouble())
        .isCloseTo(low.path("seconds").asDouble() + high.path("seconds").asDouble(), within(1e-9));
    assertThat(json.path("arms").get(1).path("kind").asText()).isEqualTo("random");
    assertThat(json.path("verdict").asText()).isEqualTo("none");
  }

  private static boolean isBetter(JsonNode first, JsonNode second) {
    double more =
        first.path("validation_accuracy").asDouble()
            - second.path("validation_accuracy").asDouble();
    return more > 0
        || (more == 0
            && first.path("validation_loss").asDouble()
                < second.path("validation_loss").asDouble());
  }

  @Test
  void relative_paths_of_data_and_oracle_are_the_same_when_it_goes_on() {
    String shift = "--transform=rotate --amount=30 --train=120 --validation=60 --test=60";
    List<String> make = new ArrayList<>(List.of("datasets", "make-shift", "fashion-mnist-mini"));
    make.add("turned");
    make.addAll(List.of(shift.split(" ")));
    assertThat(SmartAugProcess.run(folder, make.toArray(String[]::new)).exitCode()).isZero();
    String[] options = {
      "--dataset=turned", "--arms=oracle", "--oracle=turned/oracle.json", "--seeds=1", "--epochs=1"
    };
    assertThat(benchmark(options).exitCode()).isZero();

    Result again = benchmark(options);

    assertThat(again.exitCode()).as("%s", again.err()).isZero();
    assertThat(again.out()).anyMatch(line -> line.endsWith("(finished before)"));
  }

  @Test
  void a_run_that_fails_is_named_and_keeps_no_other_from_its_end() throws IOException {
    Files.writeString(
        folder.resolve("arms.json"),
        "{\"wild\": [\"--augment=none\", \"--lr=1e12\", \"--gradient-clip=0\", \"--momentum=0\"]}");

    Result result =
        benchmark(
            "--arms=none", "--arms-file=arms.json", "--seeds=1", "--epochs=3", "--parallel=2");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .singleElement()
        .asString()
        .matches(
            "smartaug: 1 of 2 runs failed, such as wild/seed-0: .* became (NaN|Infinity) in epoch"
                + " \\d, step \\d+.*; output: compared/output/wild-seed-0.txt");
    JsonNode arms = results().path("arms");
    assertThat(arms.get(0).path("runs")).hasSize(1);
    assertThat(arms.get(1).path("runs")).isEmpty();
    assertThat(arms.get(1).path("failures").path("0").asText()).contains("became");
    assertThat(results().path("complete").asBoolean()).isFalse();
    assertThat(Files.readString(folder.resolve("compared/benchmark.html")))
        .contains("failed: wild/seed-0");
  }

  @Test
  void a_benchmark_that_is_asked_to_end_goes_on_with_the_same_command() throws IOException {
    String[] options = {"--arms=none", "--seeds=2", "--epochs=25"};
    Result result;
    try (SmartAugProcess process =
        SmartAugProcess.start(folder, arguments(options).toArray(String[]::new))) {
      assertThat(process.awaitOutput("[1/2]")).isTrue();
      process.terminate();
      result = process.await();
    }
    assertThat(result.exitCode()).isEqualTo(143);
    assertThat(result.message())
        .startsWith("smartaug: stopping all runs; ")
        .endsWith(
            "smartaug: interrupted: finished runs are in compared; to go on: the same command");
    assertThat(results().path("complete").asBoolean()).isFalse();
    assertThat(folder.resolve("compared/none/seed-1/result.json")).doesNotExist();

    Result again = benchmark(options);
    assertThat(again.exitCode()).as("%s", again.err()).isZero();
    assertThat(again.out()).anyMatch(line -> line.matches("\\[./2] none/seed-0: .*before\\)"));
    assertThat(results().path("complete").asBoolean()).isTrue();
  }
}
