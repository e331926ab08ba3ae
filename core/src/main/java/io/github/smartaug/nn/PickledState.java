package io.github.smartaug.nn;

import io.github.smartaug.input.PickledValues.Container;
import io.github.smartaug.nn.PickledTensors.PickledTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state dictionary in what a pickle holds: that itself, or what stands under one of the names
 * that training scripts use.
 *
 * @param tensors by name
 * @param remarks where it was found, and what was left out of it
 */
record PickledState(Map<String, PickledTensor> tensors, List<String> remarks) {
  private static final List<String> PLACES = List.of("state_dict", "model_state_dict", "model");

  /**
   * Finds the state dictionary.
   *
   * @throws IllegalArgumentException if there is none, or more than one
   */
  static PickledState in(Object value) {
    Map<String, Object> root = dictionary(value);
    if (hasTensor(root)) {
      return of(root, new ArrayList<>());
    }
    List<String> places = PLACES.stream().filter(root::containsKey).toList();
    if (places.size() != 1) {
      throw new IllegalArgumentException(
          places.isEmpty()
              ? "no state dictionary, its names are "
                  + NameList.of(root.keySet())
                  + ", allowed: tensors by name, or a dictionary of them under one of "
                  + String.join(", ", PLACES)
              : "several state dictionaries: "
                  + String.join(", ", places)
                  + ", allowed: one of them");
    }
    String place = places.get(0);
    List<String> remarks = new ArrayList<>();
    remarks.add("the weights are under \"" + place + "\", all else in the file is left out");
    Map<String, Object> state = dictionary(root.get(place));
    if (!hasTensor(state)) {
      throw new IllegalArgumentException(
          "no state dictionary, no tensors under \"%s\", allowed: tensors by name"
              .formatted(place));
    }
    return of(state, remarks);
  }

  private static PickledState of(Map<String, Object> state, List<String> remarks) {
    Map<String, PickledTensor> tensors = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    state.forEach(
        (name, value) -> {
          if (value instanceof PickledTensor tensor) {
            tensors.put(name, tensor);
          } else {
            others.add(name);
          }
        });
    if (!others.isEmpty()) {
      remarks.add("left out, because they are no tensors: " + NameList.of(others));
    }
    return new PickledState(tensors, List.copyOf(remarks));
  }

  private static boolean hasTensor(Map<String, Object> dictionary) {
    return dictionary.values().stream().anyMatch(PickledTensor.class::isInstance);
  }

  private static Map<String, Object> dictionary(Object value) {
    if (!(value instanceof Container container) || !container.isDictionary()) {
      throw new IllegalArgumentException(
          "no state dictionary, allowed: a dictionary of tensors by name (model.state_dict() in"
              + " Python)");
    }
    Map<String, Object> dictionary = new LinkedHashMap<>();
    List<Object> values = container.values();
    for (int i = 0; i < values.size(); i += 2) {
      if (dictionary.put(String.valueOf(values.get(i)), values.get(i + 1)) != null) {
        throw new IllegalArgumentException(
            "damaged, has the name \"%s\" twice"
                .formatted(NameList.of(List.of(String.valueOf(values.get(i))))));
      }
    }
    return dictionary;
  }
}
