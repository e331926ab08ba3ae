package io.github.smartaug.train;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The optimizer of the model.
 *
 * @param rule of the update
 * @param hyperparameters all that the rule reads, constants: where those that are learned start
 * @param learned names of the hyperparameters that are learned, jointly with the policy; each must
 *     have a {@link Reparameterization}
 */
public record InnerOptimizer(
    DifferentiableOptimizer rule, Hyperparameters hyperparameters, Set<String> learned) {
  /** Checks the numbers that have a range and copies the names. */
  public InnerOptimizer {
    learned = Set.copyOf(learned);
    for (String name : rule.defaults().names()) {
      double value = hyperparameters.get(name).value();
      switch (Hyperparameters.baseName(name)) {
        case Hyperparameters.LEARNING_RATE -> InputRange.positive("learning rate", value);
        case Hyperparameters.WEIGHT_DECAY -> InputRange.atLeast(0, "weight decay", value);
        case Hyperparameters.MOMENTUM, Hyperparameters.BETA1, Hyperparameters.BETA2 ->
            InputRange.belowOne(Hyperparameters.baseName(name), value);
        default -> {
          // Only the rule knows what is allowed.
        }
      }
    }
    if (rule.equals(new DifferentiableSgd(DifferentiableSgd.MomentumKind.NESTEROV))
        && hyperparameters.get(Hyperparameters.MOMENTUM).isZero()) {
      throw new IllegalArgumentException("momentum is 0, allowed with Nesterov: above 0");
    }
    for (String name : learned) {
      Reparameterization.of(name, hyperparameters);
    }
  }

  /** An optimizer of which nothing is learned. */
  public InnerOptimizer(DifferentiableOptimizer rule, Hyperparameters hyperparameters) {
    this(rule, hyperparameters, Set.of());
  }

  /** SGD with momentum 0.9 and weight decay 5e-4. */
  public static InnerOptimizer sgd(double learningRate) {
    DifferentiableSgd sgd = new DifferentiableSgd();
    return new InnerOptimizer(
        sgd,
        sgd.defaults()
            .with(Hyperparameters.LEARNING_RATE, learningRate)
            .with(Hyperparameters.MOMENTUM, 0.9)
            .with(Hyperparameters.WEIGHT_DECAY, 5e-4));
  }

  /** The same, with these hyperparameters learned. */
  public InnerOptimizer learning(String... names) {
    return new InnerOptimizer(rule, hyperparameters, Set.copyOf(List.of(names)));
  }

  /**
   * Bytes of what the rule carries over from one step to the next, such as moments, from its update
   * of parameters of one or two numbers each.
   */
  public double stateBytes(NamedTensors parameters) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors few = parameters.map(InnerOptimizer::ofFewNumbers);
      OptimizerState state =
          rule.update(few, few, OptimizerState.initial(), hyperparameters).state();
      double bytes = 0;
      for (NamedTensors slot : state.slots().values()) {
        for (String name : slot.names()) {
          Tensor value = slot.get(name);
          boolean isWhole = value.numel() == few.get(name).numel();
          double numbers = isWhole ? parameters.get(name).numel() : value.numel();
          bytes += numbers * value.element_size();
        }
      }
      return bytes;
    }
  }

  /** With as many dimensions, by which optimizers may group parameters. */
  private static Tensor ofFewNumbers(Tensor parameter) {
    long[] shape = new long[(int) parameter.dim()];
    Arrays.fill(shape, 1);
    if (shape.length > 0) {
      shape[shape.length - 1] = 2;
    }
    return torch.zeros(shape, parameter.options());
  }

  /** The learning rate at the start, before any schedule. */
  public double learningRate() {
    return hyperparameters.get(Hyperparameters.LEARNING_RATE).value();
  }
}
