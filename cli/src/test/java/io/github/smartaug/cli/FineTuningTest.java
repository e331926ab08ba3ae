package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Safetensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training that begins with weights from elsewhere, of which some stay. */
class FineTuningTest {
  /** State dictionaries that Python wrote. */
  private static final Path FILES = Path.of("..", "core", "src", "test", "resources", "weights");

  @TempDir static Path shared;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    assertThat(train(earlier(), "--model", "resnet18").exitCode()).isZero();
  }

  private static Path earlier() {
    return shared.resolve("earlier");
  }

  private static Result train(Path out, Object... more) {
    List<Object> arguments = new ArrayList<>(TinyTraining.arguments(out));
    arguments.addAll(List.of(more));
    return InProcess.run(arguments.toArray());
  }

  private Result fineTune(Path out, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("--model", "resnet18"));
    arguments.addAll(List.of("--pretrained", earlier()));
    arguments.addAll(List.of(more));
    return train(out, arguments.toArray());
  }

  private static NamedTensors weights(Path run) throws IOException {
    return Safetensors.read(run.resolve("model.safetensors")).tensors();
  }

  private static void assertDone(Result result) {
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
  }

  @Test
  void all_but_the_head_stays_to_the_last_bit() throws IOException {
    Path run = folder.resolve("run");

    Result result = fineTune(run, "--freeze", "all-but-head");

    assertDone(result);
    assertThat(result.out())
        .contains("        begins with the weights in " + earlier().resolve("model.safetensors"))
        .anyMatch(
            line -> line.matches(" +frozen: all-but-head \\([\\d,]+ of [\\d,]+ parameters\\)"))
        .contains("model   resnet18, 5,130 parameters");
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors before = weights(earlier());
      NamedTensors after = weights(run);
      assertThat(after.names()).containsExactlyInAnyOrderElementsOf(before.names());
      for (String name : before.names()) {
        boolean same = after.get(name).equal(before.get(name));
        assertThat(same).as(name).isEqualTo(!name.startsWith("fc."));
      }
    }
    assertThat(InProcess.run("evaluate", run).exitCode()).isZero();
  }

  @Test
  void a_checkpoint_from_python_is_one_command_away_and_its_head_is_replaced() throws IOException {
    Path run = folder.resolve("run");

    Result result =
        train(
            run,
            "--model",
            "lenet",
            "--pretrained",
            FILES.resolve("checkpoint.pth"),
            "--freeze",
            "conv*",
            "--hypergradient",
            "unrolled");

    assertDone(result);
    assertThat(result.out())
        .contains(
            "        begins with the weights in " + FILES.resolve("checkpoint.pth"),
            "        the weights are under \"state_dict\", all else in the file is left out",
            "        the prefix \"module.\" of all names is left out",
            "        fc2.weight, fc2.bias begin anew: they were for another number of classes than"
                + " 10");
    try (TensorScope scope = TensorScope.open()) {
      assertThat(Tensors.toFloats(weights(run).get("conv1.weight"))).containsOnly(0.01f);
    }
  }

  @Test
  void a_run_of_other_classes_gives_all_but_its_head() {
    for (int i = 0; i < 30; i++) {
      Pictures.write(
          folder.resolve("three").resolve("class" + i % 3).resolve(i + ".png"),
          new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY));
    }

    Result result =
        InProcess.run(
            "train",
            "--dataset",
            folder.resolve("three"),
            "--model",
            "resnet18",
            "--pretrained",
            earlier(),
            "--epochs",
            "1",
            "--out",
            folder.resolve("run"));

    assertDone(result);
    assertThat(result.out())
        .contains(
            "        fc.weight, fc.bias begin anew: they were for another number of classes than"
                + " 3");
  }

  @Test
  void the_model_of_a_run_is_frozen_in_part() throws IOException {
    Path run = folder.resolve("run");

    assertDone(train(run, "--model", earlier(), "--freeze", "conv1,bn1"));

    try (TensorScope scope = TensorScope.open()) {
      Tensor before = weights(earlier()).get("bn1.running_mean");
      assertThat(weights(run).get("bn1.running_mean").equal(before)).isTrue();
      assertThat(
              weights(run)
                  .get("layer1.0.conv1.weight")
                  .equal(weights(earlier()).get("layer1.0.conv1.weight")))
          .isFalse();
    }
  }

  @Test
  void layers_of_a_model_from_python_are_frozen_by_its_names() throws IOException {
    Path script = ScriptedFile.write(folder.resolve("network.pt"), 1);
    Path run = folder.resolve("run");

    assertDone(train(run, "--model", script, "--freeze", "features", "--augment", "none"));

    Path other = folder.resolve("other");
    assertDone(train(other, "--model", run, "--freeze", "head", "--augment", "none"));
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors first = weights(run);
      NamedTensors second = weights(other);
      assertThat(second.get("head").equal(first.get("head"))).isTrue();
      for (String name : List.of("features.0.weight", "features.1.running_mean")) {
        assertThat(second.get(name).equal(first.get(name))).as(name).isFalse();
      }
    }
    assertThat(train(folder.resolve("x"), "--model", script, "--freeze", "all-but-head").message())
        .startsWith(
            "smartaug: --freeze: all-but-head, but it is not known which layer is the head");
  }

  @Test
  void an_interrupted_run_goes_on_to_the_same_bits() {
    Path whole = folder.resolve("whole");
    assertDone(fineTune(whole, "--freeze", "conv1,layer1"));
    Path run = TinyTraining.interruptedCopy(whole, folder.resolve("run"));
    TinyTraining.delete(TinyTraining.checkpoints(run).get(1));

    assertDone(InProcess.run("train", "--resume", "--out", run));

    assertThat(RunOutcome.of(run)).isEqualTo(RunOutcome.of(whole));
  }

  @Test
  void weights_that_changed_since_are_named() throws IOException {
    Path file = Files.copy(FILES.resolve("lenet.pth"), folder.resolve("lenet.pth"));
    Path run = folder.resolve("run");
    assertDone(train(run, "--model", "lenet", "--pretrained", file));
    Files.copy(FILES.resolve("checkpoint.pth"), file, StandardCopyOption.REPLACE_EXISTING);
    Files.delete(run.resolve("result.json"));

    String changed =
        "smartaug: --pretrained: " + file + " has changed since the run began, allowed";
    assertThat(InProcess.run("train", "--resume", "--out", run).message()).startsWith(changed);
    Result again =
        InProcess.run(
            "train", "--config", run.resolve("config.json"), "--out", folder.resolve("again"));
    assertThat(again.message()).startsWith(changed);
    assertThat(again.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--pretrained FILES/call.pt | --pretrained, data set fashion-mnist-mini: FILES/call.pt:"
            + " damaged, entry call/data.pkl uses posix.mkdir, which is no",
        "--pretrained FILES/nan.pth | --pretrained, data set fashion-mnist-mini: FILES/nan.pth:"
            + " tensor \"fc1.bias\" holds NaN or infinity, allowed: finite numbers",
        "--pretrained FILES/old.pt | --pretrained, data set fashion-mnist-mini: FILES/old.pt: a"
            + " file of torch.save before PyTorch 1.6",
        "--pretrained FILES/none.pt | --pretrained, data set fashion-mnist-mini: FILES/none.pt: no"
            + " such file",
        "--pretrained FILES | --pretrained: FILES: holds no run of SmartAug",
        "--pretrained weights.npz | --pretrained: weights.npz, allowed: a file that ends in .pt,"
            + " .pth, .safetensors, or the folder of a run",
        "--pretrained FILES/lenet.pth --model RUN | --pretrained: FILES/lenet.pth, allowed with"
            + " --model RUN/model.safetensors, which has weights of its own: not given",
        "--pretrained FILES/lenet.pth --model mlp | --pretrained, data set fashion-mnist-mini:"
            + " FILES/lenet.pth: tensor \"fc1.weight\" has shape [500, 800], allowed: [500, 784]",
        "--pretrained FILES/lenet.pth --image-size 32 | --pretrained, data set fashion-mnist-mini:"
            + " FILES/lenet.pth: tensor \"fc1.weight\" has shape [500, 800], allowed: [500, 1250]",
        "--freeze convl | --freeze: \"convl\" is no layer of the model, allowed: conv1, conv2, fc1",
        "--freeze * | --freeze: 8 of 8 parameters are frozen, allowed: some, and some that are",
      })
  void what_cannot_be_is_one_line(String options, String message) {
    Path files = FILES.toAbsolutePath().normalize();
    String[] words =
        options.replace("FILES", files.toString()).replace("RUN", earlier().toString()).split(" ");

    Result result = train(folder.resolve("x"), (Object[]) words);

    assertThat(result.message())
        .startsWith(
            "smartaug: "
                + message.replace("FILES", files.toString()).replace("RUN", earlier().toString()));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
