package io.github.smartaug.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a model computes what it computes. It changes time and rounding.
 *
 * @param precision of training, validation losses and evaluation
 * @param format order of images' values inside the model; empty for the model's own
 */
public record Computation(Precision precision, Optional<MemoryFormat> format) {
  /** Another one must be faster by this factor to be taken: measured times vary by less. */
  private static final double CLEARLY = 1.05;

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
   * One of several ways.
   *
   * @param computation the way
   * @param timesAsFast how many times as fast it is as the first of them
   */
  public record Choice(Computation computation, double timesAsFast) {}

  /**
   * The fastest: the first one, unless another is faster beyond the error of measurement, among all
   * of them and again in a measurement of these two alone. The best of several is often the one
   * that was lucky, and does not stay so.
   *
   * @param ways at least one, in the order of preference
   * @param seconds measures some of them
   */
  public static Choice fastest(
      List<Computation> ways, Function<List<Computation>, Map<Computation, Double>> seconds) {
    Computation first = ways.get(0);
    Choice best = best(ways, seconds.apply(ways));
    if (best.timesAsFast() <= CLEARLY) {
      return new Choice(first, 1);
    }
    List<Computation> both = List.of(first, best.computation());
    Choice again = best(both, seconds.apply(both));
    return again.timesAsFast() <= CLEARLY ? new Choice(first, 1) : again;
  }

  private static Choice best(List<Computation> ways, Map<Computation, Double> seconds) {
    Computation best = ways.get(0);
    for (Computation other : ways) {
      if (seconds.get(other) < seconds.get(best)) {
        best = other;
      }
    }
    return new Choice(best, seconds.get(ways.get(0)) / seconds.get(best));
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
