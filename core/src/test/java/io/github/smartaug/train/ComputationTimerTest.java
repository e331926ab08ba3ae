package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.nn.Computation;
import io.github.smartaug.nn.FrozenModel;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.train.PassCounts.PassKind;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class ComputationTimerTest {
  private static final Computation FIRST = new Computation(Precision.FLOAT32, Optional.empty());
  private static final Computation SECOND = new Computation(Precision.BFLOAT16, Optional.empty());

  /** Starts and ends of passes that alternate; the first of each, the slowest, does not count. */
  @Test
  void the_shortest_of_the_later_passes_counts() {
    Model model = SmallRun.normalized(3);
    Iterator<Integer> seconds =
        List.of(0, 1, 1, 9, 10, 15, 15, 18, 18, 22, 22, 24, 24, 30, 30, 38).iterator();

    Map<Computation, Double> measured =
        new ComputationTimer(
                model,
                2,
                counts(Map.of(PassKind.GRADIENT, 5.0)),
                () -> seconds.next() * 1_000_000_000L)
            .seconds(List.of(FIRST, SECOND));

    assertThat(measured).containsExactly(Map.entry(FIRST, 4.0), Map.entry(SECOND, 2.0));
    assertThat(seconds).isExhausted();
  }

  private static PassCounts counts(Map<PassKind, Double> images) {
    return new PassCounts(images);
  }

  private record Timed(int passes, double first, double second) {}

  /** Where the first way takes 1 second for each pass of its own, and the second what is told. */
  private static Timed timed(PassCounts counts, double... secondsOfSecond) {
    int[] calls = new int[1];
    double[] now = new double[1];
    Map<Computation, Double> measured =
        new ComputationTimer(
                SmallRun.normalized(3),
                2,
                counts,
                () -> {
                  int call = calls[0]++;
                  int kind = call / (4 * ComputationTimer.PASSES);
                  if (call % 2 == 1) {
                    now[0] += call % 4 == 1 ? 1 : secondsOfSecond[kind];
                  }
                  return Math.round(now[0] * 1e9);
                })
            .seconds(List.of(FIRST, SECOND));
    return new Timed(calls[0] / 2, measured.get(FIRST), measured.get(SECOND));
  }

  /** 3 gradients and a second derivative: 3/4 * 0.5 + 1/4 * 3 = 1.125. */
  @Test
  void each_kind_of_pass_counts_as_often_as_the_run_has_it() {
    Timed timed =
        timed(counts(Map.of(PassKind.GRADIENT, 3.0, PassKind.SECOND_DERIVATIVE, 1.0)), 0.5, 3);

    assertThat(timed).isEqualTo(new Timed(2 * 2 * ComputationTimer.PASSES, 1.0, 1.125));
  }

  @Test
  void what_takes_next_to_no_time_is_not_measured() {
    Timed timed = timed(counts(Map.of(PassKind.GRADIENT, 100.0, PassKind.EVALUATION, 5.0)), 0.5);

    assertThat(timed).isEqualTo(new Timed(2 * ComputationTimer.PASSES, 1.0, 0.5));
  }

  @Test
  void models_without_tangents_are_differentiated_twice() {
    Model model =
        FrozenModel.of(SmallRun.normalized(3), Set.of("conv.weight"), RandomStream.seeded(1));
    PassCounts counts =
        counts(
            Map.of(
                PassKind.VALIDATION,
                1.0,
                PassKind.SECOND_DERIVATIVE,
                1.0,
                PassKind.EVALUATION,
                1.0));

    assertThat(new ComputationTimer(model, 2, counts).seconds(List.of(FIRST, SECOND)))
        .allSatisfy((way, seconds) -> assertThat(seconds).isPositive());
  }

  @Test
  void one_thread_is_measured_by_the_time_that_it_ran() throws InterruptedException {
    assertThat(slept(1)).isLessThan(40_000_000);
    assertThat(slept(2)).isGreaterThanOrEqualTo(40_000_000);
  }

  private static long slept(int threads) throws InterruptedException {
    LongSupplier clock = ComputationTimer.clock(threads);
    long start = clock.getAsLong();
    Thread.sleep(50);
    return clock.getAsLong() - start;
  }
}
