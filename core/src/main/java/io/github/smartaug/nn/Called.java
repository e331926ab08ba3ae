package io.github.smartaug.nn;

import io.github.smartaug.input.PickledValues;
import io.github.smartaug.input.PickledValues.Container;
import io.github.smartaug.input.PickledValues.Group;
import io.github.smartaug.input.PickledValues.NamedCode;
import java.util.List;
import java.util.Locale;

/** What a function or class was called for, such as a tensor. */
record Called(NamedCode global, int depth) implements PickledValues.Nested {
  private static final String OWN_CODE = "__torch__.";

  private static final int TYPE_LENGTH = 2000;
  private static final int DEEPEST_TYPE = 200;

  /** The result of a call, if the function can be called with these. */
  static Called checked(NamedCode global, Group arguments, PickledTensors tensors) {
    List<Object> values = arguments.values();
    boolean fits =
        switch (global.name().substring(global.name().lastIndexOf('.') + 1)) {
          case "OrderedDict" -> values.isEmpty();
          case "device" -> values.size() == 1 && values.get(0) instanceof String;
          case "_rebuild_tensor_v2" -> tensors.add(values).isPresent();
          case "restore_type_tag" ->
              values.size() == 2 && values.get(1) instanceof String type && isType(type);
          case "build_intlist" -> isListOf(Long.class, values);
          case "build_doublelist" -> isListOf(Double.class, values);
          case "build_boollist" -> isListOf(Boolean.class, values);
          case "build_tensorlist" ->
              isListOf(Called.class, values)
                  && ((Container) values.get(0))
                      .values().stream().allMatch(value -> ((Called) value).isTensor());
          default -> isOfTheCode(global) && values.size() == 1;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "calls %s with values that it does not take", global.name()));
    }
    return new Called(global, arguments.depth());
  }

  private static boolean isListOf(Class<?> type, List<Object> values) {
    return values.size() == 1
        && values.get(0) instanceof Container container
        && !container.isDictionary()
        && container.values().stream().allMatch(type::isInstance);
  }

  /** Types are read by recursion, too. */
  private static boolean isType(String type) {
    return type.length() <= TYPE_LENGTH
        && type.chars().filter(c -> c == '[' || c == '(').count() <= DEEPEST_TYPE;
  }

  /** Whether a class is one of the file's own code. */
  static boolean isOfTheCode(NamedCode global) {
    return global.name().startsWith(OWN_CODE);
  }

  boolean isTensor() {
    return global.name().endsWith("._rebuild_tensor_v2");
  }

  Called with(Container attributes) {
    return new Called(global, Math.max(depth, PickledValues.depthOver(List.of(attributes))));
  }
}
