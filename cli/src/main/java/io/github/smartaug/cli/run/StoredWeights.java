package io.github.smartaug.cli.run;

import io.github.smartaug.nn.Model;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Safetensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * The model of a run.
 *
 * @param parameters of the model
 * @param buffers of the model
 */
record StoredWeights(NamedTensors parameters, NamedTensors buffers) {
  /**
   * Reads {@code model.safetensors}.
   *
   * @return tensors on the device, in the current scope
   * @throws IllegalArgumentException if the file is damaged, or of another model
   */
  static StoredWeights read(Path file, Model model, Device device) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors stored = Safetensors.read(file).tensors();
      NamedTensors parameters = model.initialParameters(RandomStream.seeded(0));
      return new StoredWeights(
          scope.keep(like(parameters, stored, file, device)),
          scope.keep(like(model.initialBuffers(), stored, file, device)));
    }
  }

  private static NamedTensors like(
      NamedTensors wanted, NamedTensors stored, Path file, Device device) {
    return wanted.map((name, tensor) -> like(name, tensor, stored, file, device));
  }

  private static Tensor like(
      String name, Tensor wanted, NamedTensors stored, Path file, Device device) {
    if (!stored.names().contains(name)) {
      throw new IllegalArgumentException(
          file + ": no tensor \"" + name + "\", which the model of the run has");
    }
    Tensor tensor = stored.get(name);
    if (!Arrays.equals(tensor.shape(), wanted.shape())) {
      throw new IllegalArgumentException(
          file
              + ": tensor \""
              + name
              + "\" has shape "
              + Tensors.shapeText(tensor)
              + ", allowed: "
              + Tensors.shapeText(wanted)
              + " as in the model of the run");
    }
    return tensor.to(device, wanted.scalar_type());
  }
}
