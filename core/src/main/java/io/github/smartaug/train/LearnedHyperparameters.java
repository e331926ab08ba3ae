package io.github.smartaug.train;

import io.github.smartaug.optim.Hyperparameter;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hyperparameters of the model's optimizer as meta parameters: an unbounded number each, {@code
 * hyperparameter/learning_rate} and so on, of which the hyperparameter is a function: learning rate
 * and weight decay are the exponential of theirs, momentum and betas the logistic function.
 *
 * <p>Maclaurin, Duvenaud and Adams, "Gradient-based hyperparameter optimization through reversible
 * learning", ICML 2015; Baydin et al., "Online learning rate adaptation with hypergradient
 * descent", ICLR 2018. A hypergradient of few inner steps sees what pays in these steps, which for
 * a learning rate is less than what pays in the long run: Wu et al., "Understanding short-horizon
 * bias in stochastic meta-optimization", ICLR 2018.
 */
final class LearnedHyperparameters {
  private static final String PREFIX = "hyperparameter/";

  private final NamedTensors parameters;

  private LearnedHyperparameters(NamedTensors parameters) {
    this.parameters = parameters;
  }

  /** Those that an optimizer starts with (float32, CPU), in the caller's scope. */
  static LearnedHyperparameters initial(InnerOptimizer optimizer) {
    NamedTensors parameters = NamedTensors.empty();
    try (TensorScope scope = TensorScope.open()) {
      for (String name : optimizer.learned().stream().sorted().toList()) {
        double value = optimizer.hyperparameters().get(name).value();
        float unbounded = (float) Reparameterization.of(name).inverse(value);
        parameters =
            parameters.with(
                NamedTensors.of(PREFIX + name, scope.keep(Tensors.of(new float[] {unbounded}))));
      }
    }
    return new LearnedHyperparameters(parameters);
  }

  /** The unbounded numbers, without dimensions. */
  public NamedTensors parameters() {
    return parameters;
  }

  /** The same hyperparameters at other numbers; entries that are none of these are ignored. */
  LearnedHyperparameters withParameters(NamedTensors replaced) {
    return new LearnedHyperparameters(parameters.map((name, old) -> replaced.get(name)));
  }

  /** Brings moved numbers of these back to where their functions keep inside their ranges. */
  NamedTensors project(NamedTensors moved) {
    return moved.map(
        (parameter, number) ->
            isOne(parameter) ? reparameterization(parameter).project(number) : number);
  }

  /**
   * Puts learned values in place of constants.
   *
   * @param constants all hyperparameters of the optimizer
   * @param metaParameters with the unbounded numbers among them
   * @return in the caller's scope, functions of the meta parameters
   */
  Hyperparameters replace(Hyperparameters constants, NamedTensors metaParameters) {
    Hyperparameters replaced = constants;
    for (String parameter : parameters.names()) {
      Hyperparameter value =
          Hyperparameter.learned(
              reparameterization(parameter).value(metaParameters.get(parameter)));
      replaced = replaced.with(nameOf(parameter), value);
    }
    return replaced;
  }

  /** The values by name, for people; a learning rate is that before any schedule. */
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    try (TensorScope scope = TensorScope.open()) {
      parameters
          .asMap()
          .forEach(
              (parameter, unbounded) ->
                  values.put(
                      nameOf(parameter),
                      Tensors.item(reparameterization(parameter).value(unbounded))));
    }
    return values;
  }

  /** Whether a parameter that meta steps move is one of an optimizer, and not of the policy. */
  static boolean isOne(String parameter) {
    return parameter.startsWith(PREFIX);
  }

  private static String nameOf(String parameter) {
    return parameter.substring(PREFIX.length());
  }

  private static Reparameterization reparameterization(String parameter) {
    return Reparameterization.of(nameOf(parameter));
  }
}
