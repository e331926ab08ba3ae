package io.github.smartaug.tensor;

import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.global.torch;

/**
 * While it is open on a thread, {@linkplain Autocast mixed precision} converts a parameter once,
 * however many passes use it. Kept are conversions of leaves that require a gradient, the same
 * tensor each time. Their history is the leaf and nothing else, so that gradients of any number of
 * graphs pass through them.
 *
 * <p>For passes whose gradients are taken one by one, which have the same bits as without it, or
 * not at all. Where one graph uses a conversion several times, what comes back to it is added up in
 * the shorter type, which costs as much precision as the conversion. Meanwhile, no parameter may be
 * overwritten.
 */
public final class SharedCasts implements AutoCloseable {
  private static final ThreadLocal<SharedCasts> OUTERMOST = new ThreadLocal<>();

  /** What is converted without a graph has no history, and must not be used where there is one. */
  private final boolean withGraph = GradMode.is_enabled();

  private SharedCasts() {}

  /** Begins to keep conversions, until the outermost one of this thread is closed. */
  public static SharedCasts open() {
    SharedCasts casts = new SharedCasts();
    if (OUTERMOST.get() == null) {
      OUTERMOST.set(casts);
    }
    return casts;
  }

  /** Whether conversions that are made now are to be kept. */
  static boolean apply() {
    SharedCasts outermost = OUTERMOST.get();
    return outermost != null && outermost.withGraph == GradMode.is_enabled();
  }

  @Override
  public void close() {
    if (OUTERMOST.get() == this) {
      OUTERMOST.remove();
      torch.clear_cache();
    }
  }
}
