package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes and one run folder. */
class RunLockIT {
  @TempDir Path folder;

  @Test
  void a_folder_that_another_process_writes_into_is_refused_until_that_process_is_gone()
      throws Exception {
    Path run = folder.resolve("run");
    try (SmartAugProcess other =
        SmartAugProcess.start(folder, arguments(run, 500).toArray(String[]::new))) {
      assertThat(other.awaitOutput("/500  train loss")).isTrue();
      String config = Files.readString(run.resolve("config.json"));

      assertInUse(run, other, InProcess.run("train", "--resume", "--out", run));
      assertInUse(run, other, InProcess.run(arguments(run, 1).toArray()));
      List<String> forced = arguments(run, 1);
      forced.add("--force");
      assertInUse(run, other, InProcess.run(forced.toArray()));
      assertThat(InProcess.run("evaluate", run).message())
          .isEqualTo("smartaug: " + run + ": the run is incomplete, model.safetensors is missing");

      assertThat(run.resolve("config.json")).hasContent(config);
      other.kill();
      assertThat(other.await().exitCode()).isEqualTo(137);
      assertThat(run.resolve(".lock")).exists();

      Result afterwards = InProcess.run(forced.toArray());
      assertThat(afterwards.exitCode()).as("%s", afterwards.err()).isZero();
      assertThat(run.resolve(".lock")).doesNotExist();
      assertThat(run.resolve("result.json")).exists();
    }
  }

  private static void assertInUse(Path run, SmartAugProcess other, Result result) {
    assertThat(result.message())
        .matches(
            Pattern.quote("smartaug: --out: " + run + ": in use by process " + other.pid())
                + " on \\S.* since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ, allowed: a folder"
                + " that no other run writes into");
    assertThat(result.exitCode()).isEqualTo(2);
  }

  private static List<String> arguments(Path run, int epochs) {
    List<String> arguments = TinyTraining.arguments(run);
    arguments.set(arguments.indexOf("--epochs") + 1, Integer.toString(epochs));
    return arguments;
  }
}
