package io.github.smartaug.bench;

import com.sun.management.OperatingSystemMXBean;
import io.github.smartaug.tensor.TorchRuntime;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The durations of one case, taken one at a time between those of its competitors. */
final class Measurement {
  private final String name;
  private final BenchmarkCase benchmarkCase;
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> threadSeconds = new ArrayList<>();
  private double processorSeconds;
  private long peakMemory;

  Measurement(String name, BenchmarkCase benchmarkCase) {
    this.name = name;
    this.benchmarkCase = benchmarkCase;
  }

  /**
   * Runs cases in turn, so that what slows the machine down meets all of them.
   *
   * @param warmUps rounds before those that are measured
   */
  static void alternate(List<Measurement> cases, int warmUps, int rounds) {
    for (int round = 0; round < warmUps; round++) {
      cases.forEach(Measurement::warmUp);
    }
    for (int round = 0; round < rounds; round++) {
      cases.forEach(Measurement::measure);
    }
  }

  /** Runs once without measuring. */
  private void warmUp() {
    benchmarkCase.run(() -> {});
  }

  /** Runs and measures once. */
  private void measure() {
    double processorBefore = processorTime();
    long threadBefore = threadTime();
    long start = System.nanoTime();
    benchmarkCase.run(() -> peakMemory = Math.max(peakMemory, TorchRuntime.residentBytes()));
    seconds.add((System.nanoTime() - start) / 1e9 / benchmarkCase.steps());
    threadSeconds.add((threadTime() - threadBefore) / 1e9 / benchmarkCase.steps());
    processorSeconds += (processorTime() - processorBefore) / benchmarkCase.steps();
  }

  /** Seconds that all threads of this process have run, by a clock that may tick slowly. */
  private static double processorTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  /** Nanoseconds that the calling thread has run. */
  private static long threadTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  String name() {
    return name;
  }

  /** Of each round, in order. */
  List<Double> seconds() {
    return List.copyOf(seconds);
  }

  double median() {
    return median(seconds);
  }

  /**
   * Median of the seconds that the calling thread ran. Where libtorch has no other threads, that is
   * all of the work, however busy other processes keep the machine.
   */
  double medianThreadSeconds() {
    return median(threadSeconds);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
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

  /**
   * Mean of the seconds that all threads ran. Work of other processes makes it longer by far less
   * than the time that passes.
   */
  double meanProcessorSeconds() {
    return processorSeconds / seconds.size();
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
