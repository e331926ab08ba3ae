package io.github.smartaug.run;

import io.github.smartaug.batch.Normalization;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.nn.Model;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Safetensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

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
   * @throws IllegalArgumentException if the file cannot be read, is damaged, of another model, or
   *     holds numbers that are not finite
   */
  static StoredWeights read(Path file, RunConfig config, Model model, Device device) {
    try (TensorScope scope = TensorScope.open()) {
      Safetensors content = content(file);
      requireNormalization(content.metadata(), config.data().normalization(), file);
      return like(model, content.tensors(), file, device).keptIn(scope);
    }
  }

  /**
   * Reads weights for images of another normalisation than those that they were trained with.
   *
   * @return tensors on the CPU, in the current scope
   * @throws IllegalArgumentException as the other one, but for the normalisation
   */
  static StoredWeights read(Path file, Model model) {
    try (TensorScope scope = TensorScope.open()) {
      return like(model, content(file).tensors(), file, Devices.parse("cpu")).keptIn(scope);
    }
  }

  private StoredWeights keptIn(TensorScope scope) {
    return new StoredWeights(scope.keep(parameters), scope.keep(buffers));
  }

  private static StoredWeights like(Model model, NamedTensors stored, Path file, Device device) {
    NamedTensors parameters = model.initialParameters(RandomStream.seeded(0));
    return new StoredWeights(
        like(parameters, stored, file, device), like(model.initialBuffers(), stored, file, device));
  }

  private static Safetensors content(Path file) {
    try {
      return Safetensors.read(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  /** The weights go with the normalisation that they were trained with. */
  private static void requireNormalization(
      Map<String, String> metadata, Normalization recorded, Path file) {
    requireSame("mean", recorded.mean(), metadata, file);
    requireSame("standard_deviation", recorded.standardDeviation(), metadata, file);
  }

  private static void requireSame(
      String name, List<Double> recorded, Map<String, String> metadata, Path file) {
    String here = RunJson.line(recorded);
    String trained = metadata.getOrDefault(name, here);
    if (!trained.equals(here)) {
      throw new IllegalArgumentException(
          "%s: data.%s: %s, allowed: %s as in %s"
              .formatted(file.resolveSibling(RunFile.CONFIG.path()), name, here, trained, file));
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
    Tensor converted = tensor.to(device, wanted.scalar_type());
    if (!converted.isfinite().all().item_bool()) {
      throw new IllegalArgumentException(
          file + ": tensor \"" + name + "\" holds NaN or infinity, allowed: finite numbers");
    }
    return converted;
  }

  /** Held beyond the scope in which they were read. */
  StoredWeights heldBy(Arena arena) {
    arena.hold(parameters);
    arena.hold(buffers);
    return this;
  }

  /** In which the model computes. */
  ScalarType elementType() {
    return parameters.tensors().get(0).scalar_type();
  }
}
