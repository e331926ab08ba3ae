package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --model FILE.pt} as a user has it, in processes of its own. */
class TorchScriptIT {
  @TempDir Path folder;

  @Test
  void an_interrupted_run_goes_on_and_is_evaluated_in_another_place() throws IOException {
    ScriptedFile.write(folder.resolve("network.pt"), 1);
    try (SmartAugProcess process = SmartAugProcess.start(folder, training())) {
      process.awaitOutput("epoch 1/");
      process.interrupt();
      assertThat(process.await().exitCode()).isEqualTo(130);
    }
    Path moved = Files.createDirectory(folder.resolve("elsewhere")).resolve("run");
    Files.move(folder.resolve("run"), moved);
    Path elsewhere = moved.getParent();

    Result resumed = SmartAugProcess.run(elsewhere, "train", "--resume", "--out", "run");
    Result evaluated = SmartAugProcess.run(elsewhere, "evaluate", "run");

    assertThat(resumed.exitCode()).as(resumed.message()).isZero();
    assertThat(resumed.out()).anyMatch(line -> line.startsWith("test accuracy "));
    assertThat(moved.resolve("model.pt")).isNotEmptyFile();
    assertThat(evaluated.exitCode()).as(evaluated.message()).isZero();
    assertThat(evaluated.out().get(0)).startsWith("network.pt of run on fashion-mnist-mini: ");
  }

  private static String[] training() {
    List<String> arguments = new ArrayList<>(List.of("train", "--model", "network.pt"));
    arguments.addAll(List.of("--out", "run", "--epochs", "3", "--inner-steps", "2"));
    arguments.addAll(List.of("--limit-train", "600", "--limit-test", "50"));
    return arguments.toArray(String[]::new);
  }

  @Test
  void what_is_wrong_with_a_file_is_said_in_one_line() throws IOException {
    Files.writeString(folder.resolve("weights.pt"), "import torch");

    Result missing = SmartAugProcess.run(folder, "train", "--model", "network.pt");
    Result wrong = SmartAugProcess.run(folder, "train", "--model", "weights.pt");

    assertThat(missing.err())
        .containsExactly(
            "smartaug: --model, data set fashion-mnist-mini: network.pt: no such file");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(wrong.err())
        .containsExactly(
            "smartaug: --model, data set fashion-mnist-mini: weights.pt: not a TorchScript file,"
                + " allowed: what torch.jit.script(model).save(\"model.pt\") writes in Python");
    assertThat(wrong.exitCode()).isEqualTo(2);
  }
}
