package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Npz;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that {@code torch.jit.script(model).save} of Python wrote, and what Python computes with
 * it; both come from {@code network.py} beside them.
 */
class PythonModelTest {
  private static final ImageShape GREY = new ImageShape(1, 12, 12);

  private final TensorScope scope = TensorScope.open();

  @TempDir Path folder;
  private NamedTensors expected;
  private TorchScriptModel model;

  @BeforeEach
  void readFiles() throws IOException {
    try (InputStream arrays = resource("network.npz")) {
      expected = Npz.read(arrays).tensors();
    }
    Path file = folder.resolve("network.pt");
    try (InputStream script = resource("network.pt")) {
      Files.copy(script, file);
    }
    model = TorchScriptModel.read(file, GREY, 3, Devices.parse("cpu"));
  }

  private static InputStream resource(String name) {
    return PythonModelTest.class.getResourceAsStream("/torchscript/" + name);
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void logits_and_gradients_are_those_of_python() {
    NamedTensors parameters = parameters().asLeaves();
    Tensor logits =
        model
            .forward(expected.get("images"), parameters, model.initialBuffers(), Mode.evaluation())
            .logits();
    assertClose(logits, expected.get("logits"));
    NamedTensors gradients = Tensors.gradients(logits.square().sum(), parameters);
    assertThat(gradients.names()).isEqualTo(expectedNames("gradient."));
    gradients
        .asMap()
        .forEach((name, gradient) -> assertClose(gradient, expected.get("gradient." + name)));
  }

  @Test
  void running_statistics_after_a_pass_in_training_are_those_of_python() {
    NamedTensors buffers =
        model
            .forward(
                expected.get("images"), parameters(), model.initialBuffers(), Passes.training())
            .buffers();
    for (String name : expectedNames("buffer.")) {
      assertClose(buffers.get(name).to(ScalarType.Float), expected.get("buffer." + name));
    }
  }

  private NamedTensors parameters() {
    return model.initialParameters(RandomStream.seeded(1));
  }

  private Set<String> expectedNames(String prefix) {
    return expected.names().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .collect(Collectors.toSet());
  }

  private static void assertClose(Tensor actual, Tensor expected) {
    double largest = Tensors.item(expected.abs().max());
    double difference = Tensors.item(actual.sub(expected).abs().max());
    assertThat(difference).isLessThan(1e-5 * Math.max(1, largest));
  }
}
