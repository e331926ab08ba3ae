package io.github.smartaug.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Layout;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/** Restores a state from what a {@link StateWriter} saved; the given state tells its structure. */
final class StateReader implements StateMapping {
  private final NamedTensors tensors;
  private final ObjectNode values;
  private final Set<String> unread;

  StateReader(NamedTensors tensors, ObjectNode values) {
    this.tensors = tensors;
    this.values = values;
    this.unread = new HashSet<>(tensors.names());
  }

  /** A whole number that is a field of a part. */
  static int wholeNumber(ObjectNode values, String part, String name) {
    JsonNode number = field(field(values, part), name);
    if (!number.isInt()) {
      throw unfit(part + "." + name + ": " + number + ", allowed: a whole number");
    }
    return number.intValue();
  }

  /** Rejects a checkpoint that has parts which the state does not have. */
  void requireAllRead() {
    if (!unread.isEmpty()) {
      throw unfit(unread.stream().sorted().findFirst().orElseThrow() + " has no place in it");
    }
  }

  @Override
  public NamedTensors tensors(String name, NamedTensors value) {
    return value.map((key, like) -> tensor(name + "/" + key, like));
  }

  private Tensor tensor(String name, Tensor like) {
    unread.remove(name);
    Tensor tensor = tensors.asMap().get(name);
    if (tensor == null) {
      throw unfit(name + " is missing");
    }
    if (!Arrays.equals(tensor.shape(), like.shape())) {
      throw unfit(
          name + " is " + Tensors.shapeText(tensor) + ", expected " + Tensors.shapeText(like));
    }
    Tensor moved = tensor.to(like.device(), tensor.scalar_type());
    JsonNode strides = values.path(StateWriter.STRIDES).path(name);
    return strides.isArray() ? Layout.copy(moved, numbers(strides)) : moved;
  }

  @Override
  public OptimizerState optimizer(String name, OptimizerState value, NamedTensors parameters) {
    JsonNode entry = field(values, name);
    Map<String, NamedTensors> slots = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> slot : field(entry, StateWriter.SLOTS).properties()) {
      Map<String, Tensor> ofSlot = new LinkedHashMap<>();
      for (JsonNode key : slot.getValue()) {
        String parameter = key.asText();
        String path = name + "/" + slot.getKey() + "/" + parameter;
        Tensor like = parameters.asMap().get(parameter);
        if (like == null) {
          throw unfit(path + " has no place in it");
        }
        ofSlot.put(parameter, tensor(path, like));
      }
      slots.put(slot.getKey(), NamedTensors.of(ofSlot));
    }
    return new OptimizerState(field(entry, StateWriter.STEPS).asLong(), slots);
  }

  @Override
  public RandomStream random(String name, RandomStream value) {
    return RandomStream.resume(numbers(field(values, name)));
  }

  @Override
  public <T> T value(String name, T value, Class<T> type) {
    return read(values, name, type);
  }

  private static <T> T read(ObjectNode values, String name, Class<T> type) {
    try {
      return StateWriter.MAPPER.treeToValue(field(values, name), type);
    } catch (JsonProcessingException e) {
      throw unfit(name + ": " + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }

  private static JsonNode field(JsonNode node, String name) {
    JsonNode field = node.get(name);
    if (field == null) {
      throw unfit(name + " is missing");
    }
    return field;
  }

  private static long[] numbers(JsonNode array) {
    long[] numbers = new long[array.size()];
    Arrays.setAll(numbers, i -> array.get(i).asLong());
    return numbers;
  }

  private static UnfitCheckpointException unfit(String what) {
    return new UnfitCheckpointException(what);
  }
}
