package io.github.smartaug.cli.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.tensor.TorchRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParallelWorkTest {
  private int threads;

  @BeforeEach
  void rememberThreads() {
    threads = TorchRuntime.threads();
  }

  @AfterEach
  void restoreThreads() {
    TorchRuntime.setThreads(threads);
  }

  private static ParallelWork<Integer, Integer> work(ParallelWork.Worker<Integer, Integer> worker) {
    return new ParallelWork<>(worker, 3, "nothing stays", "run it again");
  }

  @Test
  void results_come_in_order_and_few_are_ahead_of_the_one_that_is_handed_on() throws IOException {
    AtomicInteger begun = new AtomicInteger();
    List<Integer> results = new ArrayList<>();
    work(item -> {
          begun.incrementAndGet();
          return -item;
        })
        .process(
            IntStream.range(0, 500).boxed().toList(),
            result -> {
              results.add(result);
              assertThat(begun.get() - results.size()).isLessThanOrEqualTo(12);
            });
    assertThat(results).isEqualTo(IntStream.range(0, 500).mapToObj(item -> -item).toList());
  }

  @Test
  void wrong_input_ends_the_work_after_what_was_handed_on() {
    List<Integer> results = new ArrayList<>();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                work(item -> {
                      if (item == 5) {
                        throw new IllegalArgumentException("five is wrong");
                      }
                      return item;
                    })
                    .process(IntStream.range(0, 50).boxed().toList(), results::add))
        .withMessage("five is wrong");
    assertThat(results).containsExactly(0, 1, 2, 3, 4);
  }
}
