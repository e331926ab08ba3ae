package io.github.smartaug.cli.options;

import io.github.smartaug.data.InMemory;
import io.github.smartaug.data.LoaderOptions;
import io.github.smartaug.file.UserCache;
import io.github.smartaug.input.InputRange;
import picocli.CommandLine.Option;

/** How images get from files into batches. */
public final class LoaderChoice {
  @Option(
      names = "--in-memory",
      paramLabel = "auto|always|never",
      description = {
        "Whether images are decoded once, before the first step, and held in memory, or anew"
            + " whenever a batch needs them. It changes nothing but memory and time. For images in"
            + " files of their own and in tar archives; all else is held.",
        "auto, held if they take at most half of Java's heap. With --fit random-crop images are"
            + " decoded anew; always holds their files then.",
        "Default: ${DEFAULT-VALUE}"
      })
  private InMemory inMemory = InMemory.AUTO;

  @Option(
      names = "--loader-threads",
      paramLabel = "N",
      description =
          "Threads that decode the images of the next batches, where images are not held; 0 for"
              + " none, so that training waits for them. Default: the number of cores")
  private Integer threads;

  @Option(
      names = "--prefetch",
      paramLabel = "N",
      description =
          "Batches that are decoded before training asks for them, of training, validation and test"
              + " images each; fewer where they would take more than an eighth of Java's heap."
              + " Default: ${DEFAULT-VALUE}")
  private int prefetch = LoaderOptions.USUAL_PREFETCH;

  void check() {
    if (threads != null) {
      InputRange.within(0, LoaderOptions.MOST_THREADS, "--loader-threads", threads);
    }
    InputRange.within(0, LoaderOptions.MOST_PREFETCHED, "--prefetch", prefetch);
  }

  /** As the library takes them. */
  LoaderOptions options() {
    int count = threads == null ? LoaderOptions.defaults().threads() : threads;
    return new LoaderOptions(inMemory, count, prefetch).cachingIn(UserCache.folder("images"));
  }
}
