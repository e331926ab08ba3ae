package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.tensor.ChildJvm;
import io.github.smartaug.tensor.TorchRuntime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures whether training holds more and more memory, in a JVM of its own. */
final class ResidentMemory {
  private static final String PREFIX = "resident ";

  /** glibc keeps freed memory for later, more or less of it by chance; here it gives it back. */
  private static final Map<String, String> FREED_IS_GIVEN_BACK =
      Map.of("MALLOC_ARENA_MAX", "1", "MALLOC_TRIM_THRESHOLD_", "65536", "OMP_NUM_THREADS", "1");

  /** A Java heap of one size from the start to the end. */
  private static final List<String> ONE_HEAP = List.of("-Xms256m", "-XX:+AlwaysPreTouch");

  private ResidentMemory() {}

  /** Prints what is resident after two of the steps of a run. */
  static TrainingListener printedAfter(int early, int late) {
    return new TrainingListener() {
      private int steps;

      @Override
      public void stepFinished(StepReport report) {
        steps++;
        if (steps == early || steps == late) {
          // What is seen is to be what is held.
          System.gc();
          System.out.println(PREFIX + TorchRuntime.residentBytes());
        }
      }
    };
  }

  /**
   * Requires that as much is resident at the second time as at the first, within 3 %.
   *
   * @param main trains with {@link #printedAfter}
   */
  static void requireFlat(Class<?> main, String option) throws Exception {
    String[] options = Stream.concat(Stream.of(option), ONE_HEAP.stream()).toArray(String[]::new);
    ChildJvm.Result result = ChildJvm.run(main, FREED_IS_GIVEN_BACK, options);
    assertThat(result.exitCode()).as(result.output()).isZero();
    long[] resident =
        result
            .output()
            .lines()
            .filter(line -> line.startsWith(PREFIX))
            .mapToLong(line -> Long.parseLong(line.substring(PREFIX.length())))
            .toArray();
    assertThat(resident).as(result.output()).hasSize(2);
    assertThat(resident[1]).isBetween((long) (0.97 * resident[0]), (long) (1.03 * resident[0]));
  }
}
