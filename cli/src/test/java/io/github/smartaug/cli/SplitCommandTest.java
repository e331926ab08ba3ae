package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.ImageDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which images are for what: written by a run, read by another. */
class SplitCommandTest {
  @TempDir private static Path shared;
  private static Path first;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    first = shared.resolve("first");
    TinyTraining.train(first);
  }

  /** As {@link TinyTraining}, on images that are told otherwise. */
  private static Result train(Path out, String... words) {
    List<String> arguments = TinyTraining.arguments(out, List.of(words));
    if (!List.of(words).contains("--limit-train")) {
      arguments.removeAll(List.of("--limit-train", "120"));
    }
    arguments.removeAll(List.of("--limit-test", "20"));
    return InProcess.run(arguments.toArray());
  }

  private static void assertRuns(Result result) {
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
  }

  private static void assertWrongInput(Result result, String message) {
    assertThat(result.err()).containsExactly("smartaug: " + message);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  private static List<String> images(Path run, String part) throws IOException {
    return Files.readAllLines(run.resolve("split.csv")).stream()
        .filter(line -> line.endsWith("," + part))
        .map(line -> line.substring(0, line.indexOf(',')))
        .toList();
  }

  @Test
  void a_run_writes_its_split_and_another_one_that_is_given_it_does_the_same() throws IOException {
    Path second = folder.resolve("second");
    assertRuns(train(second, "--split", first.toString()));

    assertThat(RunOutcome.of(second)).isEqualTo(RunOutcome.of(first));
    assertThat(second.resolve("split.csv")).hasSameBinaryContentAs(first.resolve("split.csv"));
    assertThat(images(first, "training")).hasSize(96);
    assertThat(images(first, "validation")).hasSize(24);
    assertThat(images(first, "test")).hasSize(20);
    assertThat(first.resolve("README.txt")).content().contains("split.csv");
  }

  @Test
  void a_reduced_set_keeps_the_share_of_every_class() throws IOException {
    List<String> lines = Files.readAllLines(first.resolve("split.csv"));

    Map<String, Long> counts =
        lines.stream()
            .skip(1)
            .filter(line -> !line.endsWith(",test"))
            .collect(Collectors.groupingBy(line -> line.split(",", -1)[1], Collectors.counting()));
    ImageDataset all = Datasets.load("fashion-mnist-mini").training();
    int[] ofAll = all.classCounts();
    for (int kind = 0; kind < ofAll.length; kind++) {
      assertThat((double) counts.get(all.classNames().get(kind)))
          .isCloseTo(120.0 * ofAll[kind] / all.size(), within(1.0));
    }
  }

  @Test
  void another_seed_reduces_and_splits_otherwise_unless_it_is_given_the_split() throws IOException {
    Path other = folder.resolve("other");
    assertRuns(train(other, "--seed", "7", "--limit-train", "120", "--epochs", "1"));
    assertThat(images(other, "training")).hasSize(96).isNotEqualTo(images(first, "training"));

    Path given = folder.resolve("given");
    Path file = first.resolve("split.csv");
    assertRuns(train(given, "--seed", "7", "--split", file.toString(), "--epochs", "1"));
    assertThat(images(given, "training")).isEqualTo(images(first, "training"));
  }

  @Test
  void a_run_whose_split_is_gone_goes_on_with_its_own_copy() throws IOException {
    Path mine = Files.copy(first.resolve("split.csv"), folder.resolve("mine.csv"));
    Path run = folder.resolve("run");
    assertRuns(train(run, "--split", mine.toString()));
    Path interrupted = TinyTraining.interruptedCopy(run, folder.resolve("interrupted"));
    Files.delete(mine);

    assertRuns(InProcess.run("train", "--resume", "--out", interrupted));

    assertThat(RunOutcome.of(interrupted)).isEqualTo(RunOutcome.of(first));
    assertRuns(InProcess.run("evaluate", interrupted));
    assertWrongInput(
        train(folder.resolve("more"), "--config", run.resolve("config.json").toString()),
        "--split: " + mine + ": cannot be read: there is no " + mine);
  }

  @Test
  void a_run_whose_split_has_changed_or_is_missing_does_not_go_on() throws IOException {
    Path run = TinyTraining.interruptedCopy(first, folder.resolve("run"));
    Path split = run.resolve("split.csv");
    Files.writeString(split, Files.readString(split).replace(",validation\n", ",training\n"));
    assertWrongInput(
        InProcess.run("train", "--resume", "--out", run),
        split + ": has changed since the run began, allowed: the file that the run wrote");

    Files.delete(split);
    assertWrongInput(
        InProcess.run("train", "--resume", "--out", run),
        run + ": the run is incomplete, split.csv is missing");
  }

  @Test
  void a_run_of_a_version_that_wrote_no_split_is_resumed_and_evaluated_by_its_options()
      throws IOException {
    Path run = TinyTraining.interruptedCopy(first, folder.resolve("run"));
    Path config = run.resolve("config.json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode old = (ObjectNode) json.readTree(config.toFile());
    ((ObjectNode) old.required("data")).remove("split_hash");
    json.writeValue(config.toFile(), old);
    Files.delete(run.resolve("split.csv"));

    assertRuns(InProcess.run("train", "--resume", "--out", run));
    assertThat(RunOutcome.of(run)).isEqualTo(RunOutcome.of(first));
    Result evaluated = InProcess.run("evaluate", run);
    assertRuns(evaluated);
    assertThat(evaluated.out().get(0)).endsWith(": 20 test images");
    Result refused = train(folder.resolve("more"), "--split", run.toString());
    assertThat(refused.err().get(0))
        .isEqualTo("smartaug: --split: " + run + ": the run is incomplete, split.csv is missing");
    assertThat(refused.exitCode()).isEqualTo(2);
  }

  @Test
  void an_image_that_is_not_there_is_named_with_its_line() throws IOException {
    Path mine = folder.resolve("mine.csv");
    Files.writeString(
        mine, Files.readString(first.resolve("split.csv")) + "training/99999,Bag,training\n");

    assertWrongInput(
        train(folder.resolve("run"), "--split", mine.toString()),
        "--split: "
            + mine
            + ", line 142: image training/99999: not in fashion-mnist-mini, allowed: its images,"
            + " such as training/0");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void the_folds_of_a_cross_validation_are_tested_once_each_whatever_the_seed() throws IOException {
    List<String> tested = new ArrayList<>();
    for (int fold = 1; fold <= 3; fold++) {
      Path run = folder.resolve("fold-" + fold);
      assertRuns(
          train(
              run,
              "--folds",
              "3",
              "--fold",
              "" + fold,
              "--limit-train",
              "120",
              "--seed",
              "" + fold,
              "--epochs",
              "1"));
      List<String> test = images(run, "test");
      assertThat(test).hasSize(40).doesNotContainAnyElementsOf(images(run, "training"));
      assertThat(images(run, "validation")).hasSize(16);
      tested.addAll(test);
    }
    assertThat(tested).hasSize(120).doesNotHaveDuplicates();

    Path evaluated = folder.resolve("fold-2");
    assertThat(InProcess.run("evaluate", evaluated).out().get(0)).endsWith(": 40 test images");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--folds 3|--folds: 3, allowed: with --fold 1..3; smartaug benchmark runs all",
        "--fold 3|--fold: 3, allowed: with --folds K",
        "--folds 3 --fold 4|--fold: 4, allowed: from 1 to 3",
        "--folds 1 --fold 1|--folds: 1, allowed: at least 2",
        "--folds 99999 --fold 1|--folds: 99999 folds of 10000 images, allowed: 2..10000",
        "--validation-count 0|--validation-count: 0, allowed: at least 1",
        "--validation-count 10000|--validation-count: 10000 of 10000 images to hold out, allowed: a"
            + " number that leaves at least one on both sides",
        "--split x.csv --limit-train 9|--limit-train: 9, allowed with --split, whose file names all"
            + " images: not given",
        "--split none.csv|--split: none.csv: no such file",
      })
  void what_does_not_go_together_is_refused(String words, String message) {
    assertWrongInput(train(folder.resolve("run"), words.split(" ")), message);
  }
}
