package io.github.smartaug.cli.plot;

import java.util.List;

/**
 * A curve over the epochs.
 *
 * @param name in the legend
 * @param style number of its colour and line: the same in all plots of the same thing
 * @param epochs where the curve has points, ascending
 * @param values one per epoch
 */
public record Curve(String name, int style, List<Double> epochs, List<Double> values) {
  /** Copies the lists. */
  public Curve {
    epochs = List.copyOf(epochs);
    values = List.copyOf(values);
    if (epochs.isEmpty() || epochs.size() != values.size()) {
      throw new IllegalArgumentException(
          name + ": " + epochs.size() + " epochs and " + values.size() + " values");
    }
  }

  double last() {
    return values.get(values.size() - 1);
  }
}
