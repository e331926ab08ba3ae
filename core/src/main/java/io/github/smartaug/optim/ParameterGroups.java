package io.github.smartaug.optim;

import io.github.smartaug.tensor.NamedTensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * An optimizer with different hyperparameters for some parameters, such as no weight decay for
 * biases.
 *
 * <p>A parameter belongs to the first group that accepts it. Parameters without a group use the
 * general hyperparameters. A group's own hyperparameters stand among the {@link Hyperparameters} as
 * {@code group/name}, such as {@code biases/weight_decay}, and can be changed or learned like any
 * other. Where a group has no value of its own, it uses the general one.
 */
public final class ParameterGroups implements DifferentiableOptimizer {
  private final DifferentiableOptimizer optimizer;
  private final List<Group> groups;

  /**
   * Some parameters.
   *
   * @param name of the group
   * @param members which parameters, by name and value
   * @param overrides the group's own hyperparameters
   */
  public record Group(
      String name, BiPredicate<String, Tensor> members, Map<String, Double> overrides) {
    /** Copies the overrides. */
    public Group {
      overrides = Map.copyOf(overrides);
    }

    /**
     * Biases, and scales of normalisation layers: all parameters with at most one dimension. They
     * usually get no weight decay.
     */
    public static Group ofVectors(String name, Map<String, Double> overrides) {
      return new Group(name, (parameter, value) -> value.dim() <= 1, overrides);
    }
  }

  /**
   * An optimizer with groups.
   *
   * @param optimizer the update rule for all parameters
   * @param groups in the order in which they are asked for parameters
   * @throws IllegalArgumentException if two groups have the same name, or a group has a
   *     hyperparameter that the optimizer does not have
   */
  public ParameterGroups(DifferentiableOptimizer optimizer, List<Group> groups) {
    this.optimizer = optimizer;
    this.groups = List.copyOf(groups);
    if (groups.stream().map(Group::name).distinct().count() < groups.size()) {
      throw new IllegalArgumentException(
          "parameter groups: two of the same name, allowed: different names");
    }
    for (Group group : groups) {
      for (String name : group.overrides().keySet()) {
        if (!optimizer.defaults().contains(name)) {
          throw new IllegalArgumentException(
              "parameter group \"%s\": no hyperparameter \"%s\", allowed: %s"
                  .formatted(group.name(), name, String.join(", ", optimizer.defaults().names())));
        }
      }
    }
  }

  @Override
  public Hyperparameters defaults() {
    Hyperparameters defaults = optimizer.defaults();
    for (Group group : groups) {
      for (Map.Entry<String, Double> override : group.overrides().entrySet()) {
        defaults = defaults.with(group.name() + "/" + override.getKey(), override.getValue());
      }
    }
    return defaults;
  }

  @Override
  public Smoothness smoothness() {
    return optimizer.smoothness();
  }

  @Override
  public Update update(
      NamedTensors parameters,
      NamedTensors gradients,
      OptimizerState state,
      Hyperparameters hyperparameters) {
    List<Update> updates = new ArrayList<>();
    parts(parameters)
        .forEach(
            (group, part) ->
                updates.add(
                    optimizer.update(
                        part, gradients, state, hyperparametersOf(group, hyperparameters))));
    return Update.ofParts(parameters, state, updates);
  }

  @Override
  public Update overwrite(
      NamedTensors parameters,
      NamedTensors gradients,
      UnaryOperator<Tensor> scaled,
      OptimizerState state,
      Hyperparameters hyperparameters) {
    List<Update> updates = new ArrayList<>();
    parts(parameters)
        .forEach(
            (group, part) ->
                updates.add(
                    optimizer.overwrite(
                        part,
                        gradients,
                        scaled,
                        state,
                        hyperparametersOf(group, hyperparameters))));
    return Update.ofParts(parameters, state, updates);
  }

  @Override
  public NamedTensors gradientAtRest(
      NamedTensors parameters,
      NamedTensors gradients,
      OptimizerState state,
      Hyperparameters hyperparameters) {
    NamedTensors all = gradients;
    for (Map.Entry<String, NamedTensors> part : parts(parameters).entrySet()) {
      Hyperparameters own = hyperparametersOf(part.getKey(), hyperparameters);
      all = all.with(optimizer.gradientAtRest(part.getValue(), gradients, state, own));
    }
    return all;
  }

  /** The parameters by group; those without a group under the empty name. */
  private Map<String, NamedTensors> parts(NamedTensors parameters) {
    Map<String, NamedTensors> parts = new LinkedHashMap<>();
    parameters
        .asMap()
        .forEach(
            (name, value) ->
                parts.merge(
                    groupOf(name, value), NamedTensors.of(name, value), NamedTensors::with));
    return parts;
  }

  private String groupOf(String name, Tensor value) {
    return groups.stream()
        .filter(group -> group.members().test(name, value))
        .map(Group::name)
        .findFirst()
        .orElse("");
  }

  private Hyperparameters hyperparametersOf(String group, Hyperparameters hyperparameters) {
    Hyperparameters own = hyperparameters;
    for (String name : optimizer.defaults().names()) {
      String qualified = group + "/" + name;
      if (hyperparameters.contains(qualified)) {
        own = own.with(name, hyperparameters.get(qualified));
      }
    }
    return own;
  }
}
