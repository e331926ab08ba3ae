package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Tensor;

/**
 * Where the tensors of a scripted module are.
 *
 * @param own for every attribute that is a tensor, its name in the state dictionary; several may
 *     have the same
 * @param inner the same for every attribute that is a module
 */
record ScriptSlots(Map<String, String> own, Map<String, ScriptSlots> inner) {
  /** Puts tensors in their places, as they are: with their history. */
  void fill(JitModule module, NamedTensors values) {
    try (TensorScope scope = TensorScope.open()) {
      own.forEach((attribute, name) -> module.setattr(attribute, new IValue(values.get(name))));
      inner.forEach((attribute, slots) -> slots.fill(inner(module, attribute), values));
    }
  }

  /** Shows the tensors of a module with their names, in the current scope. */
  void read(JitModule module, BiConsumer<String, Tensor> reader) {
    own.forEach(
        (attribute, name) -> {
          IValue value = module.attr(attribute);
          if (value.isTensor()) {
            reader.accept(name, new Tensor(value.toTensor()));
          }
        });
    inner.forEach((attribute, slots) -> slots.read(inner(module, attribute), reader));
  }

  /** The module inside another one, in the current scope. */
  static JitModule inner(JitModule module, String attribute) {
    return new JitModule(module.attr(attribute).toObject());
  }
}
