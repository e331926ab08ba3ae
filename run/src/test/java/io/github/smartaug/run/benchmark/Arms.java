package io.github.smartaug.run.benchmark;

import java.util.Map;
import java.util.stream.IntStream;

/** Made-up results. */
final class Arms {
  private Arms() {}

  /** Seed 0, 1, ... with these test accuracies in points; validation is the same, a run 10 s. */
  static ArmResult arm(String name, ArmKind kind, double... points) {
    return timed(name, kind, 10, 0, points);
  }

  /** The same, with the seconds of a run and of the search for options. */
  static ArmResult timed(
      String name, ArmKind kind, double seconds, double searchSeconds, double... points) {
    return new ArmResult(
        new Arm(name, kind, Map.of("augment", name)),
        IntStream.range(0, points.length)
            .mapToObj(s -> new ArmRun(s, points[s] / 100, points[s] / 100, 1, seconds, 1L << 30))
            .toList(),
        Map.of(),
        searchSeconds);
  }
}
