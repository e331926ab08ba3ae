package io.github.smartaug.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * While it is open, TorchScript runs its operations one by one, as they were written. Otherwise
 * libtorch compiles functions that it sees a second time, and gradients of compiled functions
 * cannot always be differentiated again. Applies to the thread that opened it.
 */
public final class UnoptimizedScript implements AutoCloseable {
  private final boolean before = torch.getGraphExecutorOptimize();

  private UnoptimizedScript() {
    torch.setGraphExecutorOptimize(false);
  }

  /** Switches compilation off. */
  public static UnoptimizedScript open() {
    TorchRuntime.initialize();
    return new UnoptimizedScript();
  }

  /** Restores the setting from before. */
  @Override
  public void close() {
    torch.setGraphExecutorOptimize(before);
  }
}
