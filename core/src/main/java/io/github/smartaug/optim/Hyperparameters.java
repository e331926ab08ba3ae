package io.github.smartaug.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The hyperparameters of an optimizer by name, immutable. */
public final class Hyperparameters {
  /** Step size; every optimizer has it. */
  public static final String LEARNING_RATE = "learning_rate";

  /** Factor of the velocity (SGD). */
  public static final String MOMENTUM = "momentum";

  /** One minus the factor of the gradient in the velocity (SGD). */
  public static final String DAMPENING = "dampening";

  /** Factor of the L2 penalty's gradient. */
  public static final String WEIGHT_DECAY = "weight_decay";

  /** Decay of the running mean of gradients (Adam). */
  public static final String BETA1 = "beta1";

  /** Decay of the running mean of squared gradients (Adam). */
  public static final String BETA2 = "beta2";

  private final Map<String, Hyperparameter> byName;

  private Hyperparameters(Map<String, Hyperparameter> byName) {
    this.byName = Collections.unmodifiableMap(byName);
  }

  /** Constants by name. */
  public static Hyperparameters constants(Map<String, Double> values) {
    Map<String, Hyperparameter> byName = new LinkedHashMap<>();
    values.forEach((name, value) -> byName.put(name, Hyperparameter.constant(value)));
    return new Hyperparameters(byName);
  }

  /** This with one value replaced or added. */
  public Hyperparameters with(String name, Hyperparameter value) {
    Map<String, Hyperparameter> changed = new LinkedHashMap<>(byName);
    changed.put(name, value);
    return new Hyperparameters(changed);
  }

  /** This with a constant replaced or added. */
  public Hyperparameters with(String name, double value) {
    return with(name, Hyperparameter.constant(value));
  }

  /** Whether there is a hyperparameter of that name. */
  public boolean contains(String name) {
    return byName.containsKey(name);
  }

  /**
   * The hyperparameter of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Hyperparameter get(String name) {
    Hyperparameter value = byName.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "no hyperparameter \"" + name + "\" (known: " + byName.keySet() + ")");
    }
    return value;
  }
}
