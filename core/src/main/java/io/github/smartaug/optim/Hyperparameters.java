package io.github.smartaug.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The hyperparameters of an optimizer by name, immutable. */
public final class Hyperparameters {
  /** Step size; every optimizer has it. */
  public static final String LEARNING_RATE = "learning_rate";

  /** Factor of the velocity (SGD, RMSprop). */
  public static final String MOMENTUM = "momentum";

  /** One minus the factor with which gradients enter the velocity (SGD). */
  public static final String DAMPENING = "dampening";

  /** Strength of weight decay; {@link WeightDecay} says how it is applied. */
  public static final String WEIGHT_DECAY = "weight_decay";

  /** Decay of the running mean of gradients (Adam and its variants). */
  public static final String BETA1 = "beta1";

  /** Decay of the running mean of squared gradients (Adam and its variants). */
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

  /** These hyperparameters with one value replaced or added. */
  public Hyperparameters with(String name, Hyperparameter value) {
    Map<String, Hyperparameter> changed = new LinkedHashMap<>(byName);
    changed.put(name, value);
    return new Hyperparameters(changed);
  }

  /** These hyperparameters with a constant replaced or added. */
  public Hyperparameters with(String name, double value) {
    return with(name, Hyperparameter.constant(value));
  }

  /** The name without that of its parameter group: {@code momentum} of {@code biases/momentum}. */
  public static String baseName(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** These with all learning rates multiplied by a factor, those of parameter groups too. */
  public Hyperparameters withLearningRatesTimes(double factor) {
    Map<String, Hyperparameter> changed = new LinkedHashMap<>(byName);
    changed.replaceAll(
        (name, value) -> baseName(name).equals(LEARNING_RATE) ? value.scaled(factor) : value);
    return new Hyperparameters(changed);
  }

  /** The names, in order. */
  public Set<String> names() {
    return byName.keySet();
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
          "hyperparameter: \"" + name + "\", allowed: " + String.join(", ", byName.keySet()));
    }
    return value;
  }
}
