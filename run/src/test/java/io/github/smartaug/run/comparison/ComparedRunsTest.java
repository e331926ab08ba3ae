package io.github.smartaug.run.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.run.report.MadeUpRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparedRunsTest {
  /** As Python's json module writes it. */
  private static final String OF_THE_ANCESTOR =
      """
      {
       "Accuracy": 74.0,
       "Time": [262.5, 5.0, 52567.9],
       "Device": "a device",
       "Memory": [16, 20],
       "Param_names": ["Identity", "Rotate"],
       "Log": [
        {"epoch": 1, "train_loss": 4.5, "val_loss": NaN, "acc": 25.25, "time": 244.6,
         "param": [{"p": 0.5, "m": 0.5}, {"p": 0.5, "m": 0.8}]},
        {"epoch": 2, "train_loss": 3.5, "val_loss": 1.5, "acc": 74.0, "time": 255.3, "param": []}
       ]
      }
      """;

  @TempDir private Path folder;

  private Path run(String name, int epochsAsked, long seed, boolean finished) throws IOException {
    Path run = Files.createDirectories(folder.resolve(name));
    new MadeUpRun(2, epochsAsked, 3, 4, finished).write(run);
    Path config = run.resolve("config.json");
    String text = Files.readString(config);
    Files.writeString(
        config, text.replace("\"lr\" : null,", "\"lr\" : null,\n    \"seed\" : " + seed + ","));
    return run;
  }

  private Path ancestor(String name) throws IOException {
    return Files.writeString(folder.resolve(name), OF_THE_ANCESTOR);
  }

  @Test
  void runs_that_differ_by_seed_and_folder_are_of_one_configuration() throws IOException {
    RunComparison comparison =
        ComparedRuns.read(List.of(run("a", 2, 1, true), run("b", 2, 2, true)));

    assertThat(comparison.groups()).hasSize(1);
    RunGroup group = comparison.groups().get(0);
    assertThat(group.runs()).extracting(ComparedRun::name).containsExactly("a", "b");
    assertThat(group.runs()).extracting(ComparedRun::seed).containsExactly("1", "2");
    assertThat(group.accuracy().mean()).isCloseTo(81.25, within(1e-9));
    assertThat(group.accuracy().deviation()).isCloseTo(0, within(1e-9));
    assertThat(group.secondsPerEpoch().mean()).isEqualTo(4);
    assertThat(group.runs().get(0).curve()).hasSize(2);
  }

  @Test
  void how_images_were_loaded_is_no_difference() throws IOException {
    Path streamed = run("b", 2, 2, true);
    Path config = streamed.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"lr\" : null,", "\"in-memory\" : \"never\", \"loader-threads\" : 3,"));

    assertThat(ComparedRuns.read(List.of(run("a", 2, 1, true), streamed)).groups()).hasSize(1);
  }

  @Test
  void configurations_are_named_by_what_they_differ_in() throws IOException {
    RunComparison comparison =
        ComparedRuns.read(List.of(run("a", 2, 1, true), run("b", 7, 1, true)));

    assertThat(comparison.groups())
        .extracting(RunGroup::name)
        .containsExactlyInAnyOrder("epochs 2", "epochs 7");
    assertThat(comparison.shared()).containsEntry("dataset", "photos").doesNotContainKey("out");
  }

  @Test
  void what_a_configuration_does_not_have_is_named_only_if_it_has_nothing_else()
      throws IOException {
    Path smoothed = run("b", 2, 1, true);
    Path config = smoothed.resolve("config.json");
    Files.writeString(
        config, Files.readString(config).replace("\"lr\" : null", "\"label-smoothing\" : 0.1"));

    assertThat(ComparedRuns.read(List.of(run("a", 2, 1, true), smoothed)).groups())
        .extracting(RunGroup::name)
        .containsExactlyInAnyOrder("label-smoothing 0.1", "label-smoothing -");
    assertThat(ComparedRuns.read(List.of(run("a", 7, 1, true), smoothed)).groups())
        .extracting(RunGroup::name)
        .containsExactlyInAnyOrder("epochs 7", "epochs 2, label-smoothing 0.1");
  }

  @Test
  void a_folder_stands_for_all_runs_in_it_and_unfinished_ones_are_named() throws IOException {
    run("arm/seed-1", 2, 1, true);
    Path unfinished = run("arm/seed-2", 2, 2, false);

    RunComparison comparison = ComparedRuns.read(List.of(folder));

    assertThat(comparison.groups().get(0).runs()).hasSize(1);
    assertThat(comparison.leftOut())
        .containsExactly(unfinished + ": the run has not come to its end");
  }

  @Test
  void results_of_the_ancestor_stand_beside_ours() throws IOException {
    ancestor("resnet18-200 epochs -0.json");
    RunComparison comparison =
        ComparedRuns.read(
            List.of(
                run("a", 2, 1, true),
                folder.resolve("resnet18-200 epochs -0.json"),
                ancestor("resnet18-200 epochs -1.json")));

    RunGroup theirs = comparison.groups().get(1);
    assertThat(theirs.runs()).hasSize(2);
    assertThat(theirs.name()).contains("smart_augmentation resnet18-200 epochs");
    assertThat(theirs.accuracy().mean()).isEqualTo(74);
    assertThat(theirs.secondsPerEpoch().mean()).isEqualTo(262.5);
    assertThat(theirs.memoryBytes().mean()).isEqualTo(16 << 20);
    ComparedRun.Point first = theirs.runs().get(0).curve().get(0);
    assertThat(first.testAccuracy()).isEqualTo(0.2525);
    assertThat(first.validationLoss()).isNaN();
    assertThat(comparison.json()).contains("\"validation_loss\" : null");
  }

  @Test
  void what_is_no_run_is_refused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path unfinished = run("unfinished", 2, 1, false);
    Path noResult = Files.writeString(folder.resolve("x.json"), "{\"Log\": []}");
    Path noJson = Files.writeString(folder.resolve("y.json"), "{");

    refused(folder.resolve("missing"), "missing: no such file, allowed: ");
    refused(empty, "empty: holds no run of SmartAug, config.json is missing");
    refused(unfinished, "the run has not come to its end, allowed: at least one finished run");
    refused(noResult, "x.json: Log: [], allowed: at least one epoch");
    refused(noJson, "y.json: not JSON: ");
  }

  private static void refused(Path path, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ComparedRuns.read(List.of(path)))
        .withMessageContaining(message);
  }
}
