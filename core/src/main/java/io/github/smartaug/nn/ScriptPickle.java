package io.github.smartaug.nn;

import io.github.smartaug.input.Excerpt;
import io.github.smartaug.input.PickleDialect;
import io.github.smartaug.input.PickledValues.Container;
import io.github.smartaug.input.PickledValues.Group;
import io.github.smartaug.input.PickledValues.NamedCode;
import io.github.smartaug.input.SafePickleReader;
import java.util.List;
import java.util.Set;

/**
 * Pickles as {@code torch.jit.save} writes them: libtorch believes a pickle, and what it believes
 * wrongly ends the process.
 */
final class ScriptPickle implements PickleDialect {
  private static final Set<String> KNOWN =
      Set.of(
          "collections.OrderedDict",
          "torch.device",
          "torch._utils._rebuild_tensor_v2",
          "torch.jit._pickle.restore_type_tag",
          "torch.jit._pickle.build_intlist",
          "torch.jit._pickle.build_doublelist",
          "torch.jit._pickle.build_boollist",
          "torch.jit._pickle.build_tensorlist");

  private final PickledTensors tensors = new PickledTensors();

  private ScriptPickle() {}

  /**
   * Reads a whole pickle.
   *
   * @return the storages and tensors in it
   * @throws IllegalArgumentException if it is damaged, or says something that no TorchScript file
   *     says; the message says what, and where
   */
  static PickledTensors read(byte[] pickle) {
    ScriptPickle dialect = new ScriptPickle();
    SafePickleReader.read(pickle, dialect);
    return dialect.tensors;
  }

  @Override
  public String writer() {
    return "TorchScript";
  }

  @Override
  public NamedCode global(String name) {
    NamedCode global = new NamedCode(name);
    if (Called.isOfTheCode(global) || PickledTensors.isStorage(global) || KNOWN.contains(name)) {
      return global;
    }
    throw new IllegalArgumentException(
        "uses " + Excerpt.of(name, 80) + ", which no model that can be trained needs");
  }

  @Override
  public Called call(NamedCode function, Group arguments) {
    return Called.checked(function, arguments, tensors);
  }

  /** An object of a class of the file's own code; its attributes follow. */
  @Override
  public Called create(Object type, Object arguments) {
    if (!(type instanceof NamedCode global)
        || !Called.isOfTheCode(global)
        || !arguments.equals(Group.of(List.of()))) {
      throw new IllegalArgumentException("makes an object of no class of its code");
    }
    return new Called(global, 1);
  }

  @Override
  public Called build(Object object, Object attributes) {
    if (!(object instanceof Called called)
        || !Called.isOfTheCode(called.global())
        || !(attributes instanceof Container container)
        || !container.isDictionary()) {
      throw new IllegalArgumentException(
          "has an object whose attributes are no dictionary (one with __setstate__)");
    }
    return called.with(container);
  }

  @Override
  public Object outside(Object reference) {
    return tensors.storage(reference);
  }

  /** As libtorch does. */
  @Override
  public boolean hasNumbersOf(int bytes) {
    return bytes == Long.BYTES;
  }
}
