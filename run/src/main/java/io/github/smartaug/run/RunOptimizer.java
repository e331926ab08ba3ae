package io.github.smartaug.run;

import io.github.smartaug.input.JsonField;
import io.github.smartaug.optim.Hyperparameters;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The model's optimizer in {@code config.json}.
 *
 * @param name such as {@code sgd}
 * @param hyperparameters at their start, by name in alphabetical order: those that were given, and
 *     the defaults of the others
 */
public record RunOptimizer(String name, Map<String, Double> hyperparameters) {
  private static final String NAME = "name";

  /** Copies the map. */
  public RunOptimizer {
    hyperparameters = Collections.unmodifiableMap(new TreeMap<>(hyperparameters));
  }

  static RunOptimizer of(String name, Hyperparameters hyperparameters) {
    Map<String, Double> values = new TreeMap<>();
    hyperparameters.names().forEach(key -> values.put(key, hyperparameters.get(key).value()));
    return new RunOptimizer(name, values);
  }

  static RunOptimizer read(JsonField field) {
    Map<String, Double> values = new TreeMap<>();
    for (String name : field.names()) {
      if (!name.equals(NAME)) {
        values.put(name, field.field(name).number());
      }
    }
    return new RunOptimizer(field.field(NAME).text(), values);
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(NAME, name);
    json.putAll(hyperparameters);
    return json;
  }
}
