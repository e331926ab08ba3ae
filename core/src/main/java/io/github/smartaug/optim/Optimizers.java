package io.github.smartaug.optim;

import java.util.List;
import java.util.function.Supplier;

/** The optimizers by name, each with PyTorch's defaults. */
public final class Optimizers {
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("sgd", DifferentiableSgd::new),
          new Entry("adam", DifferentiableAdam::new),
          new Entry("adamw", DifferentiableAdamW::new),
          new Entry("rmsprop", DifferentiableRmsProp::new),
          new Entry("adagrad", DifferentiableAdagrad::new),
          new Entry("adadelta", DifferentiableAdadelta::new),
          new Entry("adamax", DifferentiableAdamax::new),
          new Entry("nadam", DifferentiableNAdam::new),
          new Entry("radam", DifferentiableRAdam::new),
          new Entry("asgd", DifferentiableAsgd::new),
          new Entry("rprop", DifferentiableRprop::new));

  private Optimizers() {}

  /** Names that {@link #named} knows. */
  public static List<String> names() {
    return ENTRIES.stream().map(Entry::name).toList();
  }

  /**
   * The optimizer of that name.
   *
   * @throws IllegalArgumentException if the name is unknown
   */
  public static DifferentiableOptimizer named(String name) {
    return ENTRIES.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown optimizer \"%s\" (known: %s)"
                        .formatted(name, String.join(", ", names()))))
        .factory()
        .get();
  }

  private record Entry(String name, Supplier<DifferentiableOptimizer> factory) {}
}
