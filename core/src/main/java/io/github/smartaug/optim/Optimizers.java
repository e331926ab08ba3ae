package io.github.smartaug.optim;

import io.github.smartaug.registry.Registry;
import java.util.List;
import java.util.function.Supplier;

/** The optimizers by name, each with PyTorch's defaults. */
public final class Optimizers {
  private static final Registry<OptimizerType> REGISTRY =
      new Registry<>(
          "optimizer",
          OptimizerType.class,
          List.of(
              new Row(
                  "sgd",
                  "gradient descent, with momentum or Nesterov's momentum",
                  DifferentiableSgd::new),
              new Row(
                  "adam",
                  "moving averages of gradients and of their squares",
                  DifferentiableAdam::new),
              new Row(
                  "adamw",
                  "adam with weight decay apart from the gradient",
                  DifferentiableAdamW::new),
              new Row(
                  "rmsprop",
                  "gradients over a moving average of their size",
                  DifferentiableRmsProp::new),
              new Row(
                  "adagrad",
                  "gradients over the sum of all squares so far",
                  DifferentiableAdagrad::new),
              new Row(
                  "adadelta",
                  "steps as large as recent steps were; hardly needs a learning rate",
                  DifferentiableAdadelta::new),
              new Row(
                  "adamax",
                  "adam with the largest recent gradient in place of squares",
                  DifferentiableAdamax::new),
              new Row("nadam", "adam with Nesterov's momentum", DifferentiableNAdam::new),
              new Row(
                  "radam",
                  "adam that begins carefully: its first steps are rectified",
                  DifferentiableRAdam::new),
              new Row(
                  "asgd",
                  "gradient descent that also averages the weights",
                  DifferentiableAsgd::new),
              new Row(
                  "rprop",
                  "signs of gradients alone; for large batches",
                  DifferentiableRprop::new)));

  private Optimizers() {}

  /** All names. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All entries. */
  public static List<OptimizerType> entries() {
    return REGISTRY.entries();
  }

  /**
   * The optimizer of that name.
   *
   * @throws IllegalArgumentException if the name is unknown
   */
  public static DifferentiableOptimizer named(String name) {
    return REGISTRY.named(name).create();
  }

  /**
   * Adds an optimizer, for all of this process.
   *
   * @throws IllegalArgumentException if its name is taken
   */
  public static void register(OptimizerType optimizer) {
    REGISTRY.register(optimizer);
  }

  /**
   * Takes back an optimizer that was registered.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is built in
   */
  public static void unregister(String name) {
    REGISTRY.unregister(name);
  }

  private record Row(
      String name, String description, Supplier<? extends DifferentiableOptimizer> factory)
      implements OptimizerType {
    @Override
    public DifferentiableOptimizer create() {
      return factory.get();
    }
  }
}
