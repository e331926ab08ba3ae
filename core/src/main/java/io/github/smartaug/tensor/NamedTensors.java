package io.github.smartaug.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * Tensors with unique names in a fixed order; immutable. Used for the parameters of a model, its
 * buffers, gradients, the state of an optimizer, the parameters of a policy.
 *
 * <p>Parameters have the names of PyTorch's state dictionaries, such as {@code
 * layer1.0.conv1.weight}. The tensors are not owned: they live as long as their {@link TensorScope}
 * or {@link Arena}.
 */
public final class NamedTensors {
  private static final NamedTensors EMPTY = new NamedTensors(new LinkedHashMap<>());

  private final Map<String, Tensor> byName;

  private NamedTensors(Map<String, Tensor> byName) {
    this.byName = Collections.unmodifiableMap(byName);
  }

  /** No tensors. */
  public static NamedTensors empty() {
    return EMPTY;
  }

  /** The entries of a map, in its order. */
  public static NamedTensors of(Map<String, Tensor> map) {
    return new NamedTensors(new LinkedHashMap<>(map));
  }

  /** One tensor. */
  public static NamedTensors of(String name, Tensor tensor) {
    return of(Map.of(name, tensor));
  }

  /** Names in order. */
  public Set<String> names() {
    return byName.keySet();
  }

  /** Tensors in order. */
  public List<Tensor> tensors() {
    return List.copyOf(byName.values());
  }

  /** Read-only view as a map in order. */
  public Map<String, Tensor> asMap() {
    return byName;
  }

  /**
   * The tensor of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Tensor get(String name) {
    Tensor tensor = byName.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "tensor: \"" + name + "\", allowed: " + String.join(", ", byName.keySet()));
    }
    return tensor;
  }

  /** Number of tensors. */
  public int size() {
    return byName.size();
  }

  /** Whether there is no tensor. */
  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /** Number of elements of all tensors together. */
  public long elementCount() {
    return byName.values().stream().mapToLong(Tensor::numel).sum();
  }

  /** Size of all tensors together in bytes. */
  public long bytes() {
    return byName.values().stream().mapToLong(Tensor::nbytes).sum();
  }

  /** The same names with other tensors, given in the order of {@link #names()}. */
  public NamedTensors withTensors(List<Tensor> tensors) {
    if (tensors.size() != size()) {
      throw new IllegalArgumentException(
          "tensors: " + tensors.size() + " of them, allowed: " + size() + ", one per name");
    }
    LinkedHashMap<String, Tensor> result = new LinkedHashMap<>();
    int index = 0;
    for (String name : byName.keySet()) {
      result.put(name, tensors.get(index++));
    }
    return new NamedTensors(result);
  }

  /**
   * These tensors, replaced by those of {@code other} of the same name; new names go to the end.
   */
  public NamedTensors with(NamedTensors other) {
    LinkedHashMap<String, Tensor> result = new LinkedHashMap<>(byName);
    result.putAll(other.byName);
    return new NamedTensors(result);
  }

  /** Those of a kind, in the same order. */
  public NamedTensors having(Predicate<Tensor> property) {
    LinkedHashMap<String, Tensor> result = new LinkedHashMap<>(byName);
    result.values().removeIf(property.negate());
    return result.isEmpty() ? EMPTY : new NamedTensors(result);
  }

  /** The result of a function for every tensor, under the same names. */
  public NamedTensors map(UnaryOperator<Tensor> function) {
    return map((name, tensor) -> function.apply(tensor));
  }

  /** The result of a function of name and tensor for every entry, under the same names. */
  public NamedTensors map(BiFunction<String, Tensor, Tensor> function) {
    LinkedHashMap<String, Tensor> result = new LinkedHashMap<>();
    byName.forEach((name, tensor) -> result.put(name, function.apply(name, tensor)));
    return new NamedTensors(result);
  }

  /** The result of a function for every pair of tensors of the same name. */
  public NamedTensors combine(NamedTensors other, BinaryOperator<Tensor> function) {
    return map((name, tensor) -> function.apply(tensor, other.get(name)));
  }

  /** The same values without their autograd history. */
  public NamedTensors detach() {
    return map(Tensor::detach);
  }

  /** The same values as leaves of a new graph, so that gradients with respect to them exist. */
  public NamedTensors asLeaves() {
    return map(tensor -> tensor.detach().requires_grad_(true));
  }

  /** Copies of all values, without autograd history. */
  public NamedTensors copy() {
    return map(tensor -> tensor.detach().clone());
  }

  @Override
  public String toString() {
    List<String> entries = new ArrayList<>();
    byName.forEach((name, t) -> entries.add(name + Tensors.shapeText(t)));
    return "NamedTensors" + entries;
  }
}
