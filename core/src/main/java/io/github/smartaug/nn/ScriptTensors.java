package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.ClassType;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Finds the tensors of a scripted module, attribute by attribute, each named as in PyTorch's state
 * dictionaries. A tensor that is met twice keeps its first name.
 *
 * <p>libtorch's own list of named parameters cannot be gone through: where a module has none for
 * one of its parameters, such as a convolution without bias, its binding fails.
 */
final class ScriptTensors {
  private final Map<Long, String> nameByAddress = new HashMap<>();
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> frozen = new LinkedHashMap<>();
  private final Map<String, Tensor> buffers = new LinkedHashMap<>();
  private final ScriptSlots slots;

  /**
   * Goes through a module; the tensors found are in the current scope.
   *
   * @throws IllegalArgumentException if it keeps parameters where they cannot be replaced
   */
  ScriptTensors(JitModule module) {
    slots = slots("", module);
  }

  private ScriptSlots slots(String prefix, JitModule module) {
    Map<String, String> own = new LinkedHashMap<>();
    Map<String, ScriptSlots> inner = new LinkedHashMap<>();
    ClassType type = module.type();
    for (long i = 0; i < type.numAttributes(); i++) {
      String attribute = type.getAttributeName(i).getString();
      IValue value = module.attr(attribute);
      ScriptTypes.require(prefix + attribute, type.getAttribute(i).get(), value);
      if (value.isTensor()) {
        Role role = Role.of(type, i, value.toTensor());
        own.put(attribute, register(prefix + attribute, new Tensor(value.toTensor()), role));
      } else if (value.isModule()) {
        JitModule inside = ScriptSlots.inner(module, attribute);
        inner.put(attribute, slots(prefix + attribute + ".", inside));
      } else if (value.isTensorList()) {
        requireConstants(prefix + attribute, value);
      }
    }
    return new ScriptSlots(own, inner);
  }

  private String register(String name, Tensor tensor, Role role) {
    String known = nameByAddress.putIfAbsent(tensor.unsafeGetTensorImpl().address(), name);
    if (known != null) {
      return known;
    }
    switch (role) {
      case PARAMETER -> parameters.put(name, tensor);
      case FROZEN -> frozen.put(name, tensor);
      case BUFFER -> buffers.put(name, tensor);
    }
    return name;
  }

  /** Recurrent layers compute with such a list, which the parameters of each call are not in. */
  private static void requireConstants(String name, IValue value) {
    TensorVector tensors = value.toTensorVector();
    for (long i = 0; i < tensors.size(); i++) {
      if (tensors.get(i).requires_grad()) {
        throw new IllegalArgumentException(
            "attribute \""
                + name
                + "\" is a list of parameters (recurrent layers have one),"
                + " allowed: parameters that are attributes themselves");
      }
    }
  }

  /** All that was found. */
  ScriptWeights weights() {
    return new ScriptWeights(
        NamedTensors.of(parameters), NamedTensors.of(frozen), NamedTensors.of(buffers));
  }

  /** Where they all are. */
  ScriptSlots slots() {
    return slots;
  }

  private enum Role {
    PARAMETER,
    FROZEN,
    BUFFER;

    static Role of(ClassType type, long attribute, Tensor tensor) {
      if (!type.is_parameter(attribute)) {
        return BUFFER;
      }
      return tensor.requires_grad() ? PARAMETER : FROZEN;
    }
  }
}
