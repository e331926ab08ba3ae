package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.nn.Computation;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Precision;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        new ComputationTimer(model, 2, () -> seconds.next() * 1_000_000_000L)
            .seconds(List.of(FIRST, SECOND));

    assertThat(measured).containsExactly(Map.entry(FIRST, 4.0), Map.entry(SECOND, 2.0));
    assertThat(seconds).isExhausted();
  }
}
