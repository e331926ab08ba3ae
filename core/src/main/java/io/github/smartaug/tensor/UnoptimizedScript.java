package io.github.smartaug.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * A stretch of code in which TorchScript runs one operation after the other, as it was written.
 * Otherwise libtorch compiles what it has seen twice, and gradients of what it compiled cannot
 * always be differentiated again. Belongs to the thread that opened it.
 */
public final class UnoptimizedScript implements AutoCloseable {
  private final boolean before = torch.getGraphExecutorOptimize();

  private UnoptimizedScript() {
    torch.setGraphExecutorOptimize(false);
  }

  /** Begins. */
  public static UnoptimizedScript open() {
    TorchRuntime.initialize();
    return new UnoptimizedScript();
  }

  /** Brings back what was before. */
  @Override
  public void close() {
    torch.setGraphExecutorOptimize(before);
  }
}
