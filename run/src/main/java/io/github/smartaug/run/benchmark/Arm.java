package io.github.smartaug.run.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One way to train.
 *
 * @param name of the arm: its folder, its row in the table
 * @param kind what it stands for
 * @param options of {@code smartaug train}, by name without hyphens, but for seed and folder
 */
public record Arm(String name, ArmKind kind, Map<String, String> options) {
  /** Copies the options, in their order. */
  public Arm {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** The same arm with more options; they take the place of those of their names. */
  public Arm with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(options);
    all.putAll(more);
    return new Arm(name, kind, all);
  }
}
