package io.github.smartaug.nn;

import io.github.smartaug.input.PickledValues.Container;
import io.github.smartaug.input.PickledValues.Group;
import io.github.smartaug.input.PickledValues.NamedCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The storages that a pickle names and the tensors that lie in them. libtorch reads where a tensor
 * says that it is, also outside its storage.
 */
final class PickledTensors {
  /** More than libtorch computes with. */
  private static final int MOST_DIMENSIONS = 64;

  private static final int STORAGE_PARTS = 5;
  private static final int TENSOR_PARTS = 6;
  private static final Map<String, Integer> ELEMENT_BYTES =
      Map.ofEntries(
          Map.entry("torch.DoubleStorage", 8),
          Map.entry("torch.FloatStorage", 4),
          Map.entry("torch.HalfStorage", 2),
          Map.entry("torch.BFloat16Storage", 2),
          Map.entry("torch.LongStorage", 8),
          Map.entry("torch.IntStorage", 4),
          Map.entry("torch.ShortStorage", 2),
          Map.entry("torch.CharStorage", 1),
          Map.entry("torch.ByteStorage", 1),
          Map.entry("torch.BoolStorage", 1),
          Map.entry("torch.ComplexDoubleStorage", 16),
          Map.entry("torch.ComplexFloatStorage", 8));

  /** A part of a storage's file entry. */
  record Storage(String type, String key, long elements) {}

  /**
   * A tensor in a storage; offset and strides count elements.
   *
   * @param strides as many as sizes
   */
  record PickledTensor(Storage storage, long offset, List<Long> sizes, List<Long> strides) {}

  private final Map<String, Storage> storages = new LinkedHashMap<>();
  private double tensorBytes;

  /** Whether a class is one of storages. */
  static boolean isStorage(NamedCode global) {
    return global.name().matches("torch\\.[A-Z]\\w*Storage");
  }

  /**
   * Reads the reference to a storage: {@code ("storage", type, key, device, elements)}.
   *
   * @throws IllegalArgumentException if it is none, or the storage was another one before
   */
  Storage storage(Object reference) {
    if (!(reference instanceof Group group
        && group.values().size() == STORAGE_PARTS
        && group.values().get(0).equals("storage")
        && group.values().get(1) instanceof NamedCode type
        && group.values().get(2) instanceof String key
        && group.values().get(3) instanceof String
        && group.values().get(4) instanceof Long elements
        && elements >= 0)) {
      throw new IllegalArgumentException("has a storage without type, key and size");
    }
    if (!ELEMENT_BYTES.containsKey(type.name())) {
      throw new IllegalArgumentException(
          "has a " + type.name() + ", which no model that can be trained needs");
    }
    Storage storage = new Storage(type.name(), key, elements);
    if (!storage.equals(storages.getOrDefault(key, storage))) {
      throw new IllegalArgumentException("has two storages " + key + " of different sizes");
    }
    storages.put(key, storage);
    return storage;
  }

  /**
   * Takes in a tensor: storage, offset, sizes, strides, whether it has a gradient, hooks.
   *
   * @return the tensor; empty if the values are something else
   * @throws IllegalArgumentException if the tensor is not inside its storage
   */
  Optional<PickledTensor> add(List<Object> values) {
    if (values.size() != TENSOR_PARTS
        || !(values.get(0) instanceof Storage storage)
        || !(values.get(1) instanceof Long offset)
        || !(values.get(2) instanceof Group sizes)
        || !(values.get(3) instanceof Group strides)
        || !(values.get(4) instanceof Boolean)
        || !isHooks(values.get(5))) {
      return Optional.empty();
    }
    List<Long> lengths = numbers(sizes);
    List<Long> steps = numbers(strides);
    if (lengths.size() != steps.size() || lengths.size() > MOST_DIMENSIONS) {
      return Optional.empty();
    }
    try {
      if (end(offset, lengths, steps) > storage.elements()) {
        throw new ArithmeticException();
      }
      long elements = lengths.stream().reduce(1L, Math::multiplyExact);
      tensorBytes += (double) elements * elementBytes(storage);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "has a tensor %s from element %d with strides %s in a storage of %d elements"
              .formatted(lengths, offset, steps, storage.elements()),
          e);
    }
    return Optional.of(new PickledTensor(storage, offset, lengths, steps));
  }

  /** An ordered dictionary, in which there is nothing. */
  private static boolean isHooks(Object value) {
    return value instanceof Called
        || (value instanceof Container container && container.values().isEmpty());
  }

  private static List<Long> numbers(Group group) {
    List<Long> numbers = new ArrayList<>();
    for (Object value : group.values()) {
      if (!(value instanceof Long number) || number < 0) {
        throw new IllegalArgumentException("has a tensor of sizes that are no numbers from 0");
      }
      numbers.add(number);
    }
    return numbers;
  }

  /** One after the last element. */
  private static long end(long offset, List<Long> sizes, List<Long> strides) {
    if (offset < 0) {
      throw new ArithmeticException();
    }
    if (sizes.contains(0L)) {
      return offset;
    }
    long last = offset;
    for (int i = 0; i < sizes.size(); i++) {
      last = Math.addExact(last, Math.multiplyExact(sizes.get(i) - 1, strides.get(i)));
    }
    return Math.addExact(last, 1);
  }

  private static int elementBytes(Storage storage) {
    return ELEMENT_BYTES.get(storage.type());
  }

  /** By its key, the bytes that each storage has. */
  Map<String, Long> bytes() {
    Map<String, Long> bytes = new LinkedHashMap<>();
    storages.forEach(
        (key, storage) -> {
          if (storage.elements() > Long.MAX_VALUE / elementBytes(storage)) {
            throw new IllegalArgumentException(
                "has a storage of " + storage.elements() + " elements");
          }
          bytes.put(key, storage.elements() * elementBytes(storage));
        });
    return Collections.unmodifiableMap(bytes);
  }

  /** Bytes of all tensors, of which several may lie in one storage. */
  double tensorBytes() {
    return tensorBytes;
  }
}
