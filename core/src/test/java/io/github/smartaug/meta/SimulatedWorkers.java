package io.github.smartaug.meta;

import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Workers of a data-parallel run that are threads of one process. */
public final class SimulatedWorkers {
  private static final long PATIENCE_SECONDS = 60;

  private final List<List<Tensor>> given = new ArrayList<>();
  private final CyclicBarrier barrier;

  /** So many workers. */
  public SimulatedWorkers(int count) {
    this.barrier = new CyclicBarrier(count);
    for (int i = 0; i < count; i++) {
      given.add(List.of());
    }
  }

  /** One of them, as it sees the others. */
  public record Worker(int index, WorkerAverage average) {}

  /** Lets all work at the same time; their results in order. */
  public <T> List<T> run(Function<Worker, T> work) throws InterruptedException, ExecutionException {
    int count = barrier.getParties();
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Worker worker = new Worker(i, new Mean(i));
        futures.add(
            threads.submit(
                () -> {
                  try (TensorScope scope = TensorScope.open()) {
                    return work.apply(worker);
                  }
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private final class Mean implements WorkerAverage {
    private final int index;

    Mean(int index) {
      this.index = index;
    }

    @Override
    public int workers() {
      return barrier.getParties();
    }

    @Override
    public List<Tensor> of(List<Tensor> local) {
      synchronized (given) {
        given.set(index, local);
      }
      await();
      try (TensorScope scope = TensorScope.open()) {
        List<Tensor> means = new ArrayList<>();
        for (int i = 0; i < local.size(); i++) {
          int position = i;
          Tensor sum =
              given.stream()
                  .map(tensors -> tensors.get(position))
                  .reduce(Tensor::add)
                  .orElseThrow();
          means.add(scope.keep(sum.div(new Scalar((double) workers()))));
        }
        return means;
      } finally {
        // Nobody goes on, and frees what he gave, before all have read it.
        await();
      }
    }

    private void await() {
      try {
        barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IllegalStateException("another worker failed", e);
      }
    }
  }
}
