package io.github.smartaug.cli.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where and how the run takes place. */
public final class RunOptions {
  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Of every random draw: the same seed gives the same bits on the same machine with the"
              + " same threads. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "cpu, cuda or cuda:I. Default: ${DEFAULT-VALUE}")
  private String device = "cpu";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of libtorch. Default: OMP_NUM_THREADS, or the number of cores")
  private Integer threads;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Run folder. Default: runs/<dataset>-<model>-<augment>-<time>")
  private String out;

  @Option(
      names = "--force",
      description = "Replace the files of an earlier run in the run folder; other files stay")
  private boolean force;

  void check() {
    if (threads != null) {
      Range.within(1, 1024, "--threads", threads);
    }
    if (out != null && out.isBlank()) {
      throw new IllegalArgumentException("--out: empty, allowed: the path of a folder");
    }
  }

  /** Seed of every random draw. */
  public long seed() {
    return seed;
  }

  /** Name of the device. */
  public String device() {
    return device;
  }

  /** Number of threads, if given. */
  public Optional<Integer> threads() {
    return Optional.ofNullable(threads);
  }

  /** The run folder, if given. */
  public Optional<Path> out() {
    try {
      return Optional.ofNullable(out).map(Path::of);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("--out: \"" + out + "\" is not a path", e);
    }
  }

  /** Whether files of an earlier run may be replaced. */
  public boolean mayReplace() {
    return force;
  }
}
