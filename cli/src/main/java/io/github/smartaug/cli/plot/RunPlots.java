package io.github.smartaug.cli.plot;

import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.TransformReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The plots of a run, from the reports of its epochs. */
public final class RunPlots {
  private final String run;
  private final List<EpochReport> epochs;

  /**
   * Plots of a run.
   *
   * @param run what was trained on what, for the titles
   * @param epochs at least one
   */
  public RunPlots(String run, List<EpochReport> epochs) {
    this.run = run;
    this.epochs = List.copyOf(epochs);
  }

  /** Training and validation loss. */
  public CurvePlot losses() {
    return new CurvePlot(
        "Loss - " + run,
        "loss",
        "%.4f",
        List.of(
            curve("training (mixed loss)", 0, EpochReport::trainLoss),
            curve("validation (clean)", 1, EpochReport::validationLoss)));
  }

  /** Validation and test accuracy. */
  public CurvePlot accuracy() {
    return new CurvePlot(
        "Accuracy - " + run,
        "right predictions (%)",
        "%.2f %%",
        List.of(
            curve("validation", 0, report -> 100 * report.validationAccuracy()),
            curve("test", 1, report -> 100 * report.testAccuracy())));
  }

  private Curve curve(String name, int style, ToDoubleFunction<EpochReport> value) {
    return new Curve(
        name,
        style,
        epochs.stream().map(report -> (double) report.epoch()).toList(),
        epochs.stream().map(value::applyAsDouble).toList());
  }

  /**
   * Probability of every transform, from its start (epoch 0).
   *
   * @param initial policy before the first step
   */
  public CurvePlot probabilities(List<TransformReport> initial) {
    return new CurvePlot(
        "Probability of each transform - " + run,
        "probability (%)",
        "%.2f %%",
        transforms(initial, report -> 100 * report.probability()));
  }

  /**
   * Magnitude of every transform, from its start (epoch 0).
   *
   * @param initial policy before the first step
   * @param withMagnitude names of the transforms that have a magnitude, at least one
   */
  public CurvePlot magnitudes(List<TransformReport> initial, Set<String> withMagnitude) {
    return new CurvePlot(
        "Magnitude of each transform - " + run,
        "magnitude (1: the whole range)",
        "%.2f",
        transforms(initial, TransformReport::magnitude).stream()
            .filter(curve -> withMagnitude.contains(curve.name()))
            .toList());
  }

  private List<Curve> transforms(
      List<TransformReport> initial, ToDoubleFunction<TransformReport> value) {
    List<List<TransformReport>> policies =
        Stream.concat(Stream.of(initial), epochs.stream().map(EpochReport::policy)).toList();
    List<Double> times = new ArrayList<>();
    times.add(0.0);
    epochs.forEach(report -> times.add((double) report.epoch()));
    List<Curve> curves = new ArrayList<>();
    for (int t = 0; t < initial.size(); t++) {
      int transform = t;
      List<Double> values =
          policies.stream().map(policy -> value.applyAsDouble(policy.get(transform))).toList();
      curves.add(new Curve(initial.get(t).name(), t, times, values));
    }
    // As the curves end, from above to below, so that the legend reads like the picture.
    curves.sort(Comparator.comparingDouble(Curve::last).reversed());
    return curves;
  }
}
