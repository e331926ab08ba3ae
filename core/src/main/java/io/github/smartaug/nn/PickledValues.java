package io.github.smartaug.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What a pickle can hold besides numbers, strings and truth values. Each knows how deep it is
 * nested: libtorch goes down by recursion, at the end of which is the stack.
 */
final class PickledValues {
  static final Object NONE = new Object();

  /** Modules within modules of real models are some ten deep. */
  private static final int DEEPEST = 200;

  private PickledValues() {}

  private static int depthOver(List<Object> values) {
    int depth = 1 + values.stream().mapToInt(PickledValues::depth).max().orElse(0);
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("has values more than " + DEEPEST + " deep");
    }
    return depth;
  }

  private static int depth(Object value) {
    if (value instanceof Group group) {
      return group.depth;
    }
    if (value instanceof Container container) {
      return container.depth;
    }
    return value instanceof Called called ? called.depth : 0;
  }

  /** A tuple. */
  record Group(List<Object> values, int depth) {
    static Group of(List<Object> values) {
      return new Group(values, depthOver(values));
    }
  }

  /** A list or a dictionary, whose keys and values alternate. */
  static final class Container {
    private final boolean dictionary;
    private final List<Object> values = new ArrayList<>();
    private int depth = 1;
    private boolean complete;

    Container(boolean dictionary) {
      this.dictionary = dictionary;
    }

    boolean isDictionary() {
      return dictionary;
    }

    List<Object> values() {
      return Collections.unmodifiableList(values);
    }

    /** Once it is used a second time nothing is added: it could be inside itself. */
    void complete() {
      complete = true;
    }

    void add(List<Object> added) {
      if (complete) {
        throw new IllegalArgumentException("adds to what is complete");
      }
      if (dictionary && added.size() % 2 != 0) {
        throw new IllegalArgumentException("has a dictionary with a key without value");
      }
      values.addAll(added);
      depth = Math.max(depth, depthOver(added));
    }
  }

  /** A part of a storage's file entry. */
  record Storage(String type, String key, long elements) {}

  /** A function or class. */
  record Global(String name) {
    private static final String OWN = "__torch__";

    boolean isOfTheCode() {
      return name.startsWith(OWN + ".");
    }

    boolean isStorage() {
      return name.matches("torch\\.[A-Z]\\w*Storage");
    }
  }

  /**
   * A tensor in a storage; offset and strides count elements.
   *
   * @param strides as many as sizes
   */
  record PickledTensor(Storage storage, long offset, List<Long> sizes, List<Long> strides) {}

  /** What a function or class was called for, such as a tensor. */
  record Called(Global global, int depth) {
    private static final int TYPE_LENGTH = 2000;

    /** The result of a call, if the function can be called with these. */
    static Called checked(Global global, Group arguments, PickledTensors tensors) {
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
            default -> global.isOfTheCode() && values.size() == 1;
          };
      if (!fits) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "calls %s with values that it does not take", global.name()));
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
          && type.chars().filter(c -> c == '[' || c == '(').count() <= DEEPEST;
    }

    boolean isTensor() {
      return global.name().endsWith("._rebuild_tensor_v2");
    }

    Called with(Container attributes) {
      return new Called(global, Math.max(depth, depthOver(List.of(attributes))));
    }
  }
}
