package io.github.smartaug.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Layout;
import io.github.smartaug.tensor.NamedTensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Saves a state: tensors under {@code part/name}, everything else as JSON. The JSON also has the
 * strides of tensors that are not row-major in memory.
 */
final class StateWriter implements StateMapping {
  static final ObjectMapper MAPPER = JsonMapper.builder().build();
  static final String STRIDES = "strides";
  static final String STEPS = "steps";
  static final String SLOTS = "slots";

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final ObjectNode values = MAPPER.createObjectNode();
  private final ObjectNode strides = values.putObject(STRIDES);

  /** What has been saved so far. */
  Checkpoint checkpoint() {
    return new Checkpoint(NamedTensors.of(tensors), values);
  }

  @Override
  public NamedTensors tensors(String name, NamedTensors value) {
    value.asMap().forEach((key, tensor) -> add(name + "/" + key, tensor));
    return value;
  }

  private void add(String name, Tensor tensor) {
    tensors.put(name, tensor);
    if (Layout.isDense(tensor) && !Layout.isRowMajor(tensor)) {
      strides.set(name, MAPPER.valueToTree(Layout.strides(tensor)));
    }
  }

  @Override
  public OptimizerState optimizer(String name, OptimizerState value, NamedTensors parameters) {
    ObjectNode entry = values.putObject(name);
    entry.put(STEPS, value.steps());
    ObjectNode slots = entry.putObject(SLOTS);
    value.slots().forEach((slot, of) -> slots.set(slot, MAPPER.valueToTree(of.names())));
    tensors(name, value.tensors());
    return value;
  }

  @Override
  public RandomStream random(String name, RandomStream value) {
    values.set(name, MAPPER.valueToTree(value.state()));
    return value;
  }

  @Override
  public <T> T value(String name, T value, Class<T> type) {
    values.set(name, MAPPER.valueToTree(value));
    return value;
  }
}
