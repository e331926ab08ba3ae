package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.ParameterRole;
import io.github.smartaug.augment.ScaleUse;
import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.NamedTensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * The optimizer of a policy, which moves each parameter as its role asks for: choices by {@link
 * EvidenceSum}, scales by {@link ScaleSteps}, everything else by Adam.
 *
 * @param roles by name of the parameter; {@link ParameterRole#OTHER} where there is none
 * @param strength how far a logit moves for a standard deviation of evidence, at least 0
 * @param shrinkage share of the way back to their start that choices go, and scales that are weaker
 *     than at their start; at least 0, below 1
 * @param evidence how choices move, which knows the temperature they are drawn at
 * @param uses of scales, by name of the parameter; unknown where there is none
 */
record PolicyOptimizer(
    Map<String, ParameterRole> roles,
    double strength,
    double shrinkage,
    EvidenceSum evidence,
    Map<String, ScaleUse> uses)
    implements DifferentiableOptimizer {
  private static final DifferentiableAdam ADAM = new DifferentiableAdam();

  /** Of a policy as it is at present. */
  static PolicyOptimizer of(Augmenter policy, double strength, double shrinkage) {
    double temperature = policy.temperature();
    return new PolicyOptimizer(
        policy.roles(),
        strength,
        shrinkage,
        new EvidenceSum(Double.isNaN(temperature) ? 1 : temperature),
        uses(policy));
  }

  private static Map<String, ScaleUse> uses(Augmenter policy) {
    Map<String, ScaleUse> uses = new HashMap<>();
    policy
        .learnedParameters()
        .names()
        .forEach(name -> policy.scaleUse(name).ifPresent(use -> uses.put(name, use)));
    return uses;
  }

  /** Of a policy as it is at present, to measure what moves it. */
  static PolicyOptimizer measuring(Augmenter policy) {
    return of(policy, 1, 0);
  }

  /** Copies the maps. */
  PolicyOptimizer {
    roles = Map.copyOf(roles);
    uses = Map.copyOf(uses);
  }

  @Override
  public Hyperparameters defaults() {
    return ADAM.defaults();
  }

  @Override
  public Update update(
      NamedTensors parameters,
      NamedTensors gradients,
      OptimizerState state,
      Hyperparameters hyperparameters) {
    List<Update> updates = new ArrayList<>();
    byRole(parameters)
        .forEach((role, part) -> updates.add(move(role, part, gradients, state, hyperparameters)));
    return Update.ofParts(parameters, state, updates);
  }

  private Update move(
      ParameterRole role,
      NamedTensors parameters,
      NamedTensors gradients,
      OptimizerState state,
      Hyperparameters hyperparameters) {
    return switch (role) {
      case CHOICE ->
          evidence.update(
              parameters,
              gradients,
              state,
              hyperparameters.with(Hyperparameters.LEARNING_RATE, (1 - shrinkage) * strength));
      case SCALE -> moveScales(parameters, gradients, state, hyperparameters);
      case OTHER -> ADAM.update(parameters, gradients, state, hyperparameters);
    };
  }

  private Update moveScales(
      NamedTensors scales,
      NamedTensors gradients,
      OptimizerState state,
      Hyperparameters hyperparameters) {
    List<Update> updates = new ArrayList<>();
    scales
        .asMap()
        .forEach(
            (name, scale) -> {
              ScaleUse use =
                  uses.getOrDefault(name, ScaleUse.unknown(Math.toIntExact(scale.numel())));
              ScaleSteps steps = new ScaleSteps(shrinkage, use);
              updates.add(
                  steps.update(NamedTensors.of(name, scale), gradients, state, hyperparameters));
            });
    return Update.ofParts(scales, state, updates);
  }

  /**
   * What speaks against a larger value of each entry of a parameter, as its role counts it: the
   * gradient of a choice as evidence relative to the average alternative, that of a scale by
   * ratios, any other as it is.
   *
   * @return of the shape of the parameter, in the current scope
   */
  Tensor against(String name, Tensor parameter, Tensor gradient) {
    return switch (roles.getOrDefault(name, ParameterRole.OTHER)) {
      case CHOICE -> centred(evidence.against(parameter, gradient));
      case SCALE -> ScaleSteps.byRatio(parameter, gradient);
      case OTHER -> gradient;
    };
  }

  /**
   * How far the entries of a parameter are from where they were, as its role counts it: choices,
   * whose probabilities do not depend on what all logits have in common, relative to the average
   * alternative.
   *
   * @return of the shape of the parameter, in the current scope
   */
  Tensor movement(String name, Tensor from, Tensor to) {
    Tensor movement = to.sub(from);
    return roles.get(name) == ParameterRole.CHOICE ? centred(movement) : movement;
  }

  private static Tensor centred(Tensor ofAlternatives) {
    return ofAlternatives.sub(ofAlternatives.mean(new long[] {-1}, true, new ScalarTypeOptional()));
  }

  private Map<ParameterRole, NamedTensors> byRole(NamedTensors parameters) {
    Map<ParameterRole, NamedTensors> parts = new LinkedHashMap<>();
    parameters
        .asMap()
        .forEach(
            (name, value) ->
                parts.merge(
                    roles.getOrDefault(name, ParameterRole.OTHER),
                    NamedTensors.of(name, value),
                    NamedTensors::with));
    return parts;
  }
}
