package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Safetensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictionaryTest {
  static {
    TorchRuntime.initialize();
  }

  private final TensorScope scope = TensorScope.open();

  @TempDir Path folder;

  @AfterEach
  void closeScope() {
    scope.close();
  }

  private static void assertTensor(Tensor tensor, ScalarType type, long[] shape, double... values) {
    assertThat(tensor.scalar_type().intern()).isEqualTo(type);
    assertThat(tensor.shape()).isEqualTo(shape);
    assertThat(Tensors.toDoubles(tensor.to(ScalarType.Double))).containsExactly(values);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed.pt", "newer.pt"})
  void tensors_of_all_types_are_those_that_python_wrote(String name) {
    NamedTensors tensors = StateDictionary.read(WeightFiles.path(name)).tensors();

    double[] table = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    double[] transposed = {0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11};
    assertTensor(tensors.get("plain"), ScalarType.Float, new long[] {3, 4}, table);
    assertTensor(tensors.get("transposed"), ScalarType.Float, new long[] {4, 3}, transposed);
    assertTensor(tensors.get("second_row"), ScalarType.Float, new long[] {4}, 4, 5, 6, 7);
    assertTensor(tensors.get("float64"), ScalarType.Double, new long[] {2}, 0.1, -2.5);
    assertTensor(tensors.get("float16"), ScalarType.Half, new long[] {2}, 0.5, 1024);
    assertTensor(tensors.get("bfloat16"), ScalarType.BFloat16, new long[] {1, 2}, 1.5, -3);
    assertTensor(tensors.get("parameter"), ScalarType.Float, new long[] {1}, 7);
    assertTensor(tensors.get("num_batches_tracked"), ScalarType.Long, new long[0], 1L << 40);
    assertTensor(tensors.get("int32"), ScalarType.Int, new long[] {2}, -3, 3);
    assertTensor(tensors.get("uint8"), ScalarType.Byte, new long[] {1}, 255);
    assertTensor(tensors.get("bool"), ScalarType.Bool, new long[] {2}, 1, 0);
    assertTensor(tensors.get("empty"), ScalarType.Float, new long[] {0, 3});
    assertThat(tensors.size()).isEqualTo(12);
  }

  @Test
  void tensors_that_shared_a_storage_are_apart() {
    NamedTensors tensors = StateDictionary.read(WeightFiles.path("mixed.pt")).tensors();

    tensors.get("second_row").zero_();

    assertThat(Tensors.toDoubles(tensors.get("plain"))[5]).isEqualTo(5);
  }

  @Test
  void the_state_of_a_checkpoint_of_several_devices_is_found_and_said() {
    StateDictionary state = StateDictionary.read(WeightFiles.path("checkpoint.pth"));

    assertThat(state.tensors().names())
        .containsExactly(
            "conv1.weight",
            "conv1.bias",
            "conv2.weight",
            "conv2.bias",
            "fc1.weight",
            "fc1.bias",
            "fc2.weight",
            "fc2.bias");
    assertThat(state.tensors().get("fc2.weight").shape()).containsExactly(100, 500);
    assertThat(state.remarks())
        .containsExactly(
            "the weights are under \"state_dict\", all else in the file is left out",
            "the prefix \"module.\" of all names is left out");
  }

  @Test
  void safetensors_are_read_under_their_names_without_prefix() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("module.a", Tensors.of(new float[] {1, 2}, 2));
    tensors.put("module.b", Tensors.of(new float[] {3}, 1));
    Safetensors.write(file, NamedTensors.of(tensors), Map.of());

    NamedTensors read = StateDictionary.read(file).tensors();

    assertThat(read.names()).containsExactly("a", "b");
    assertTensor(read.get("a"), ScalarType.Float, new long[] {2}, 1, 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "call.pt   | : damaged, entry call/data.pkl uses posix.mkdir, which is no tensor",
        "module.pt | : damaged, entry module/data.pkl uses torch.nn.modules.linear.Linear, which"
            + " is",
        "old.pt    | : a file of torch.save before PyTorch 1.6, allowed: newer ones; convert it",
        "weights.py| : no file of weights, allowed: one of torch.save (.pt, .pth) or .safetensors",
        "none.pt   | : no such file",
      })
  void what_holds_something_else_is_refused_by_its_name(String name, String message) {
    Path file = WeightFiles.path(name);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> StateDictionary.read(file))
        .withMessageStartingWith(file + message)
        .withMessageNotContaining("\n");
    assertThat(Path.of("called")).doesNotExist();
  }

  @Test
  void files_that_are_cut_off_are_refused_wherever_they_end() throws IOException {
    byte[] whole = Files.readAllBytes(WeightFiles.path("mixed.pt"));
    Path file = folder.resolve("cut.pt");
    for (int length = 0; length < whole.length; length += 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatIllegalArgumentException()
          .as("%d bytes", length)
          .isThrownBy(() -> StateDictionary.read(file))
          .withMessageStartingWith(file + ": ");
    }
  }

  @Test
  void no_changed_byte_is_believed() throws IOException {
    byte[] whole = Files.readAllBytes(WeightFiles.path("mixed.pt"));
    NamedTensors right = StateDictionary.read(WeightFiles.path("mixed.pt")).tensors();
    Path file = folder.resolve("changed.pt");
    for (int at = 0; at < whole.length; at += 7) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x21;
      Files.write(file, changed);
      try (TensorScope inner = TensorScope.open()) {
        NamedTensors read = StateDictionary.read(file).tensors();
        right.asMap().forEach((name, tensor) -> assertThat(tensor.equal(read.get(name))).isTrue());
      } catch (IllegalArgumentException e) {
        assertThat(e).as("byte %d", at).hasMessageStartingWith(file + ": ");
      }
    }
  }

  @Test
  void torchscript_is_refused_with_what_would_be_taken() {
    Path file = ScriptedModels.LENET.save(folder.resolve("model.pt"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> StateDictionary.read(file))
        .withMessageStartingWith(file + ": a TorchScript model, allowed: a state dictionary (");
  }
}
