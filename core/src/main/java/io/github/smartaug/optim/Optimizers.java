package io.github.smartaug.optim;

import java.util.List;
import java.util.function.Supplier;

/** The optimizers by name, each with PyTorch's defaults. */
public final class Optimizers {
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("sgd", Sgd::new),
          new Entry("adam", Adam::new),
          new Entry("adamw", AdamW::new),
          new Entry("rmsprop", RmsProp::new),
          new Entry("adagrad", Adagrad::new),
          new Entry("adadelta", Adadelta::new),
          new Entry("adamax", Adamax::new),
          new Entry("nadam", NAdam::new),
          new Entry("radam", RAdam::new),
          new Entry("asgd", Asgd::new),
          new Entry("rprop", Rprop::new));

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
  public static Optimizer named(String name) {
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

  private record Entry(String name, Supplier<Optimizer> factory) {}
}
