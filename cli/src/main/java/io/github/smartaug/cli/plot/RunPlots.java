package io.github.smartaug.cli.plot;

import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.TransformReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
            curve("training (mixed loss)", EpochReport::trainLoss),
            curve("validation (clean)", EpochReport::validationLoss)));
  }

  /** Validation and test accuracy. */
  public CurvePlot accuracy() {
    return new CurvePlot(
        "Accuracy - " + run,
        "right predictions (%)",
        "%.2f %%",
        List.of(
            curve("validation", report -> 100 * report.validationAccuracy()),
            curve("test", report -> 100 * report.testAccuracy())));
  }

  private Curve curve(String name, ToDoubleFunction<EpochReport> value) {
    return new Curve(
        name,
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
   */
  public CurvePlot magnitudes(List<TransformReport> initial) {
    return new CurvePlot(
        "Magnitude of each transform - " + run,
        "magnitude (1: the whole range)",
        "%.2f",
        transforms(initial, TransformReport::magnitude));
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
      curves.add(new Curve(initial.get(t).name(), times, values));
    }
    // As the curves end, from above to below, so that the legend reads like the picture.
    curves.sort(Comparator.comparingDouble(Curve::last).reversed());
    return curves;
  }
}
