package io.github.smartaug.bench;

import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A network in one mode as TorchScript, compiled and run by libtorch. */
final class ScriptedNetwork implements AutoCloseable {
  private final Arena arena = new Arena();
  private final Function function;

  /**
   * The network of a model.
   *
   * @param values whose names and order those of {@link #forward} will have
   * @throws IllegalArgumentException if it has layers that are not of the library
   */
  ScriptedNetwork(LayeredModel model, Mode mode, NetworkValues values) {
    try (TensorScope scope = TensorScope.open()) {
      String source =
          ScriptSource.of(model, mode, values.parameters().names(), values.buffers().names());
      CompilationUnit unit = arena.hold(torch.compile(source));
      function = unit.get_function(new QualifiedName(ScriptSource.FUNCTION));
    }
  }

  /**
   * Logits [B,classes], in the caller's scope.
   *
   * @param buffers are moved in training
   */
  Tensor forward(Tensor images, NamedTensors parameters, NamedTensors buffers) {
    try (TensorScope scope = TensorScope.open()) {
      IValueVector arguments = new IValueVector();
      arguments.push_back(new IValue(images));
      parameters.tensors().forEach(tensor -> arguments.push_back(new IValue(tensor)));
      buffers.tensors().forEach(tensor -> arguments.push_back(new IValue(tensor)));
      return scope.keep(new Tensor(function.apply(arguments).toTensor()));
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
