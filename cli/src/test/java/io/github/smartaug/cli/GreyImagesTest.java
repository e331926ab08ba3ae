package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.tensor.TensorScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on grey images has no transforms of colours: the embedded images are grey. */
class GreyImagesTest {
  private static final String SAID = "without +Color, -Color: the images are grey";

  @TempDir private Path folder;

  /** What it prints. */
  private static String train(Path out, String... more) {
    List<String> arguments = new ArrayList<>(TinyTraining.arguments(out));
    arguments.addAll(Arrays.asList(more));
    Result result = InProcess.run(arguments.toArray());
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    return text(result.out());
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines);
  }

  @Test
  void the_run_says_what_it_is_without_and_all_that_follows_is_without_it_too() {
    Path first = folder.resolve("first");
    assertThat(train(first, "--transforms", "inverse-scale-wide"))
        .containsOnlyOnce(SAID + ", which they do not change")
        .contains("of the 16 transforms of inverse-scale-wide");
    try (TensorScope scope = TensorScope.open()) {
      assertThat(PolicyFile.read(first.resolve("policy.json")).policy().transforms().names())
          .hasSize(16)
          .contains("+Contrast")
          .doesNotContain("+Color", "-Color");
    }
    Path resumed = TinyTraining.interruptedCopy(first, folder.resolve("resumed"));
    Result resume = InProcess.run("train", "--resume", "--out", resumed.toString());
    assertThat(resume.exitCode()).as("%s", resume.err()).isZero();
    assertThat(text(resume.out())).contains(SAID);
    assertThat(RunOutcome.of(resumed)).isEqualTo(RunOutcome.of(first));
    Path again = folder.resolve("again");
    Result repeated =
        InProcess.run("train", "--config", first + "/config.json", "--out", again.toString());
    assertThat(text(repeated.out())).contains(SAID);
    assertThat(RunOutcome.of(again)).isEqualTo(RunOutcome.of(first));
    assertThat(train(folder.resolve("applied"), "--augment", first + "/policy.json"))
        .doesNotContain("without ");
  }

  @Test
  void baselines_are_without_it_and_evaluated_without_it() {
    Path run = folder.resolve("random");
    assertThat(train(run, "--augment", "random"))
        .contains("without Color: the images are grey")
        .contains("of the 13 transforms of randaugment");
    Result evaluated = InProcess.run("evaluate", run.toString(), "--test-time-augmentation", "2");
    assertThat(evaluated.exitCode()).as("%s", evaluated.err()).isZero();
    assertThat(train(folder.resolve("none"), "--augment", "none")).doesNotContain("without ");
  }

  @Test
  void a_set_of_colours_alone_is_refused_in_one_line() throws Exception {
    Path set =
        Files.writeString(
            folder.resolve("colours.json"),
            "[{\"name\": \"Hue\", \"function\": \"hue\", \"param\": {\"max\": 0.5}}]");
    Path out = folder.resolve("refused");
    List<String> arguments = new ArrayList<>(TinyTraining.arguments(out));
    arguments.addAll(List.of("--transforms", set.toString()));
    Result result = InProcess.run(arguments.toArray());
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(text(result.err()))
        .contains(
            "--transforms: colours: no transform changes grey images, allowed: a set with one"
                + " that does");
    assertThat(out).doesNotExist();
  }
}
