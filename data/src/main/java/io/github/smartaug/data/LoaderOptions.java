package io.github.smartaug.data;

import io.github.smartaug.input.InputRange;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How images get from files into batches. None of it changes what is in a batch.
 *
 * @param inMemory whether images are held
 * @param threads that decode images which are not held, while the model trains; 0 for none besides
 *     the one that asks for a batch
 * @param prefetch most batches that are decoded before they are asked for; fewer where they would
 *     take more than an eighth of Java's heap
 * @param cache folder in which is kept what is known of images that are not held, so that another
 *     run need not decode them before it begins; it need not exist
 * @param listener hears how far images are that are looked at before the first batch
 */
public record LoaderOptions(
    InMemory inMemory, int threads, int prefetch, Optional<Path> cache, LoadingListener listener) {
  /** Batches that are decoded ahead, if nothing else is said. */
  public static final int USUAL_PREFETCH = 2;

  /** The most threads that may be asked for. */
  public static final int MOST_THREADS = 1024;

  /** The most batches ahead that may be asked for. */
  public static final int MOST_PREFETCHED = 1024;

  /** Checks the numbers. */
  public LoaderOptions {
    InputRange.within(0, MOST_THREADS, "loader threads", threads);
    InputRange.within(0, MOST_PREFETCHED, "prefetched batches", prefetch);
  }

  /** Without a cache and a listener. */
  public LoaderOptions(InMemory inMemory, int threads, int prefetch) {
    this(inMemory, threads, prefetch, Optional.empty(), LoadingListener.NONE);
  }

  /** These, with what is known of images kept in a folder. */
  public LoaderOptions cachingIn(Path folder) {
    return new LoaderOptions(inMemory, threads, prefetch, Optional.of(folder), listener);
  }

  /** These, with somebody who hears how far it is. */
  public LoaderOptions heardBy(LoadingListener somebody) {
    return new LoaderOptions(inMemory, threads, prefetch, cache, somebody);
  }

  /** Images are held if they fit; otherwise there is a thread for each processor. */
  public static LoaderOptions defaults() {
    return new LoaderOptions(
        InMemory.AUTO,
        Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()),
        USUAL_PREFETCH);
  }
}
