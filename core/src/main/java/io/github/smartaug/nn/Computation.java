package io.github.smartaug.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a model computes what it computes. It changes time and rounding.
 *
 * @param precision of training, validation losses and evaluation
 * @param format order of images' values inside the model; empty for the model's own
 */
public record Computation(Precision precision, Optional<MemoryFormat> format) {
  /** Another one must be faster by this factor to be taken: measured times vary by less. */
  private static final double CLEARLY = 1.03;

  /** The model that computes this way. */
  public Model of(Model model) {
    return precision.of(arranged(model));
  }

  /** The model with images in this order, in its own precision. */
  public Model arranged(Model model) {
    return format.map(model::in).orElse(model);
  }

  /**
   * All ways to compute a model in some precisions, with the model's own order first.
   *
   * @param precisions at least one
   */
  public static List<Computation> all(Model model, List<Precision> precisions) {
    List<Optional<MemoryFormat>> formats = new ArrayList<>(List.of(model.ownFormat()));
    if (model.ownFormat().isPresent()) {
      for (MemoryFormat other : MemoryFormat.values()) {
        if (!formats.contains(Optional.of(other))) {
          formats.add(Optional.of(other));
        }
      }
    }
    return precisions.stream()
        .flatMap(precision -> formats.stream().map(format -> new Computation(precision, format)))
        .toList();
  }

  /**
   * The fastest: the first one, unless another is faster beyond the error of measurement.
   *
   * @param seconds of each, at least one, in the order of preference
   */
  public static Computation fastest(Map<Computation, Double> seconds) {
    Computation first = seconds.keySet().iterator().next();
    Computation best = first;
    for (Computation other : seconds.keySet()) {
      if (seconds.get(other) < seconds.get(best)) {
        best = other;
      }
    }
    return seconds.get(first) > CLEARLY * seconds.get(best) ? best : first;
  }

  /** Such as {@code bfloat16, channels last}. */
  @Override
  public String toString() {
    return words(precision) + format.map(order -> ", " + words(order)).orElse("");
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
