package io.github.smartaug.run.comparison;

import io.github.smartaug.run.benchmark.Spread;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Runs of one configuration, which differ by their seeds.
 *
 * @param name what distinguishes the configuration from the others
 * @param runs at least one
 */
public record RunGroup(String name, List<ComparedRun> runs) {
  /** Copies the list. */
  public RunGroup {
    runs = List.copyOf(runs);
  }

  /** Test accuracy in percent. */
  public Spread accuracy() {
    return spread(run -> 100 * run.accuracy());
  }

  /** Mean duration of an epoch. */
  public Spread secondsPerEpoch() {
    return spread(ComparedRun::secondsPerEpoch);
  }

  /** Peak memory. */
  public Spread memoryBytes() {
    return spread(ComparedRun::memoryBytes);
  }

  /** Of the runs in which the number is known. */
  private Spread spread(ToDoubleFunction<ComparedRun> number) {
    return Spread.of(
        runs.stream().mapToDouble(number).filter(value -> !Double.isNaN(value)).toArray());
  }
}
