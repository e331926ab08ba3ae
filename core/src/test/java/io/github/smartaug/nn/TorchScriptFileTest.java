package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.ListType;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are no model for the images: one line each that says what is wrong. */
class TorchScriptFileTest {
  private static final String ALLOWED =
      ", allowed: what torch.jit.script(model).save(\"model.pt\") writes in Python";

  private final TensorScope scope = TensorScope.open();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("net.pt");
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void there_is_no_file() {
    assertRejected("no such file");
  }

  @Test
  void it_is_a_folder() throws IOException {
    Files.createDirectory(file);

    assertRejected("not a regular file");
  }

  @Test
  void it_is_something_else() throws IOException {
    Files.writeString(file, "import torch");

    assertRejected("not a TorchScript file" + ALLOWED);
  }

  @Test
  void it_is_a_state_dictionary() throws IOException {
    zip("net/data.pkl", "net/data/0", "net/version");

    assertRejected("holds weights or objects without code (torch.save), not TorchScript" + ALLOWED);
  }

  @Test
  void it_is_another_archive() throws IOException {
    zip("a.txt", "b.txt");

    assertRejected("not a TorchScript file" + ALLOWED);
  }

  @Test
  void its_code_does_not_fit_its_data() throws IOException {
    zip("net/data.pkl", "net/code/__torch__.py", "net/version");

    assertRejected(
        "damaged, entry net/data.pkl has the operation 0x33, which TorchScript does not write"
            + " (at byte 0), allowed: an archive as torch.jit.save wrote it");
  }

  @Test
  void it_is_cut_in_half() throws IOException {
    row().forward("return torch.flatten(x, 1) * self.scale").save(file);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    assertRejected("not a TorchScript file" + ALLOWED);
  }

  static Stream<Arguments> models() {
    return Stream.of(
        arguments(
            "return torch.flatten(x, 1) * self.scale.sum(0, True)",
            "makes [2, 6] of 2 images, allowed: [2, 3], a logit for each class"),
        arguments(
            "return torch.flatten(x, 1)[:1, :3] * self.scale",
            "makes [1, 3] of 2 images, allowed: [2, 3], a logit for each class"),
        arguments(
            "return x.sum() * self.scale.sum()",
            "makes [] of 2 images, allowed: [2, 3], a logit for each class"),
        arguments(
            "return torch.conv2d(x, torch.ones([1, 3, 1, 1])) * self.scale",
            "fails on images [2, 1, 2, 3]: Given groups=1, weight of size [1, 3, 1, 1], expected"
                + " input[2, 1, 2, 3] to have 3 channels, but got 1 channels instead"),
        arguments(
            "return torch.flatten(x, 1)[:, :3] * self.scale if not self.training else x",
            "makes [2, 1, 2, 3] of 2 images, allowed: [2, 3], a logit for each class"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void the_model_does_not_make_logits_of_the_images(String statement, String problem) {
    row().forward(statement).save(file);

    assertRejected(problem);
  }

  @Test
  void the_model_returns_several_things() {
    row()
        .define(
            "def forward(self, x: Tensor) -> Tuple[Tensor, Tensor]:\n"
                + "    return x, x * self.scale")
        .save(file);

    assertRejected("forward returns a Tuple, allowed: a tensor of logits [B,classes]");
  }

  @Test
  void the_model_wants_more_than_images() {
    row()
        .define("def forward(self, x: Tensor, y: Tensor) -> Tensor:\n    return x * self.scale")
        .save(file);

    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessageStartingWith(
            file + ": fails on images [2, 1, 2, 3]: forward() is missing value for argument 'y'.")
        .withMessageNotContaining("\n");
  }

  @Test
  void the_module_has_no_forward() {
    row().define("def other(self, x: Tensor) -> Tensor:\n    return x * self.scale").save(file);

    assertRejected("fails on images [2, 1, 2, 3]: Method 'forward' is not defined.");
  }

  @Test
  void the_model_has_nothing_to_train() {
    new Script.Unit()
        .module("Row")
        .parameter("scale", torch.ones(3))
        .forward("return torch.flatten(x, 1)[:, :3] * self.scale")
        .save(file);

    assertRejected(
        "has no parameters with a gradient, allowed: a model that can be trained (not one of"
            + " torch.jit.freeze or optimize_for_mobile)");
  }

  @Test
  void the_model_computes_with_a_list_of_its_parameters() {
    Tensor weight = torch.ones(3).requires_grad_(true);
    Script.Unit unit = new Script.Unit();
    Script recurrent =
        unit.module("Recurrent")
            .parameter("weight", weight)
            .attribute(
                "_flat_weights",
                ListType.ofTensors(),
                Script.evaluate(
                    "def f(x: Tensor) -> List[Tensor]:\n    return [x]", new IValue(weight)))
            .forward("return torch.flatten(x, 1)[:, :3] * self._flat_weights[0]");
    unit.module("Network").inner("rnn", recurrent).forward("return self.rnn.forward(x)").save(file);

    assertRejected(
        "attribute \"rnn._flat_weights\" is a list of parameters (recurrent layers have one),"
            + " allowed: parameters that are attributes themselves");
  }

  private static Script row() {
    return new Script.Unit().module("Row").parameter("scale", torch.ones(3).requires_grad_(true));
  }

  private void assertRejected(String problem) {
    assertThatIllegalArgumentException().isThrownBy(this::read).withMessage(file + ": " + problem);
  }

  private void read() {
    TorchScriptModel.read(file, new ImageShape(1, 2, 3), 3, Devices.parse("cpu"));
  }

  private void zip(String... entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write("3".getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
