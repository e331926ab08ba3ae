package io.github.smartaug.bench;

import io.github.smartaug.tensor.TorchRuntime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The durations of one case, taken one at a time between those of its competitors. */
final class Measurement {
  private final String name;
  private final BenchmarkCase benchmarkCase;
  private final List<Double> seconds = new ArrayList<>();
  private long peakMemory;

  Measurement(String name, BenchmarkCase benchmarkCase) {
    this.name = name;
    this.benchmarkCase = benchmarkCase;
  }

  /** Runs once without measuring. */
  void warmUp() {
    benchmarkCase.run(() -> {});
  }

  /** Runs and measures once. */
  void measure() {
    long start = System.nanoTime();
    benchmarkCase.run(() -> peakMemory = Math.max(peakMemory, TorchRuntime.residentBytes()));
    seconds.add((System.nanoTime() - start) / 1e9 / benchmarkCase.steps());
  }

  String name() {
    return name;
  }

  double median() {
    List<Double> sorted = new ArrayList<>(seconds);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double min() {
    return Collections.min(seconds);
  }

  double max() {
    return Collections.max(seconds);
  }

  /** Largest resident size of the process seen while the case ran. */
  long peakMemory() {
    return peakMemory;
  }

  /** A ratio with three digits after the point. */
  static double rounded(double ratio) {
    return Math.round(ratio * 1000) / 1000.0;
  }
}
