package io.github.smartaug.nn;

import io.github.smartaug.input.Excerpt;
import io.github.smartaug.input.PickleDialect;
import io.github.smartaug.input.PickledValues.Container;
import io.github.smartaug.input.PickledValues.Group;
import io.github.smartaug.input.PickledValues.NamedCode;
import io.github.smartaug.input.SafePickleReader;
import io.github.smartaug.nn.PickledTensors.PickledTensor;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pickles as {@code torch.save} writes them of tensors in dictionaries, lists, tuples, numbers and
 * texts. Whatever else a pickle names is refused by its name.
 */
final class StatePickle implements PickleDialect {
  private static final String DICTIONARY = "collections.OrderedDict";
  private static final String TENSOR = "torch._utils._rebuild_tensor_v2";
  private static final String PARAMETER = "torch._utils._rebuild_parameter";
  private static final Set<String> KNOWN = Set.of(DICTIONARY, TENSOR, PARAMETER);
  private static final int PARAMETER_PARTS = 3;
  private static final int NAME_LENGTH = 80;

  private final PickledTensors tensors = new PickledTensors();

  private StatePickle() {}

  /**
   * What a pickle holds.
   *
   * @param value the one that it is of
   * @param tensors the storages and tensors in it
   */
  record Content(Object value, PickledTensors tensors) {}

  /**
   * Reads a whole pickle.
   *
   * @throws IllegalArgumentException if it is damaged, or says something else; the message says
   *     what, and where
   */
  static Content read(byte[] pickle) {
    StatePickle dialect = new StatePickle();
    return new Content(SafePickleReader.read(pickle, dialect), dialect.tensors);
  }

  @Override
  public String writer() {
    return "torch.save";
  }

  @Override
  public NamedCode global(String name) {
    NamedCode global = new NamedCode(name);
    if (PickledTensors.isStorage(global) || KNOWN.contains(name)) {
      return global;
    }
    throw new IllegalArgumentException(
        "uses "
            + Excerpt.of(name, NAME_LENGTH)
            + ", which is no tensor, dictionary, list, number or text");
  }

  @Override
  public Object call(NamedCode function, Group arguments) {
    List<Object> values = arguments.values();
    switch (function.name()) {
      case DICTIONARY -> {
        if (values.isEmpty()) {
          return new Container(true);
        }
      }
      case TENSOR -> {
        Optional<PickledTensor> tensor = tensors.add(values);
        if (tensor.isPresent()) {
          return tensor.get();
        }
      }
      case PARAMETER -> {
        if (values.size() == PARAMETER_PARTS && values.get(0) instanceof PickledTensor tensor) {
          return tensor;
        }
      }
      default -> throw new IllegalArgumentException("calls " + function.name());
    }
    throw new IllegalArgumentException(
        "calls " + function.name() + " with values that it does not take");
  }

  /** State dictionaries have an attribute, the versions of their modules. */
  @Override
  public Object build(Object object, Object attributes) {
    if (object instanceof Container dictionary
        && dictionary.isDictionary()
        && attributes instanceof Container container
        && container.isDictionary()) {
      return dictionary;
    }
    throw new IllegalArgumentException("gives attributes to what is no dictionary");
  }

  @Override
  public Object outside(Object reference) {
    return tensors.storage(reference);
  }

  @Override
  public boolean hasNumbersOf(int bytes) {
    return true;
  }
}
