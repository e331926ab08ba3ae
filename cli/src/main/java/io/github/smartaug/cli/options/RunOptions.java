package io.github.smartaug.cli.options;

import io.github.smartaug.input.InputRange;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where and how the run takes place. */
public final class RunOptions {
  private static final int MINUTES_OF_A_YEAR = 525_600;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Seed of all random numbers. The same seed gives the same bits on the same machine with"
              + " the same number of threads. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(names = DeviceName.OPTION, paramLabel = "DEVICE", description = DeviceName.MEANING)
  private String device = "cpu";

  @Option(names = ThreadCount.OPTION, paramLabel = "N", description = ThreadCount.MEANING)
  private Integer threads;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Folder for the results. Default: runs/<dataset>-<model>-<augment>-<time>")
  private String out;

  @Option(
      names = "--force",
      description = "Replace the files of an earlier run in --out; other files stay")
  private boolean force;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Take all options but --out from the config.json of an earlier run; options on the command"
            + " line take precedence. The same data on the same machine give the same bits."
      })
  private String config;

  @Option(
      names = "--resume",
      description = {
        "Continue the interrupted run in --out from its last checkpoint, with that run's options."
            + " The result is the same to the bit as without the interruption."
            + " Where nothing was saved yet, the run begins."
      })
  private boolean resume;

  @Option(
      names = "--checkpoint-minutes",
      paramLabel = "M",
      description =
          "Save a checkpoint within an epoch, too, once the last one is M minutes old."
              + " Default: only after every epoch and on Ctrl-C")
  private Double checkpointMinutes;

  @Option(
      names = "--early-stopping",
      paramLabel = "N",
      description =
          "End the run when validation accuracy has not improved for N epochs. Default: never")
  private Integer earlyStopping;

  void check() {
    if (threads != null) {
      ThreadCount.check(threads);
    }
    if (out != null && out.isBlank()) {
      throw new IllegalArgumentException("--out: empty, allowed: the path of a folder");
    }
    if (checkpointMinutes != null) {
      InputRange.positive("--checkpoint-minutes", checkpointMinutes);
      InputRange.within(0, MINUTES_OF_A_YEAR, "--checkpoint-minutes", checkpointMinutes);
    }
    if (earlyStopping != null) {
      InputRange.atLeast(1, "--early-stopping", earlyStopping);
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
    return path("--out", out);
  }

  /** The config.json of the run to repeat, if given. */
  public Optional<Path> config() {
    return path("--config", config);
  }

  private static Optional<Path> path(String option, String value) {
    try {
      return Optional.ofNullable(value).map(Path::of);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(option + ": \"" + value + "\", allowed: a path", e);
    }
  }

  /** Whether an interrupted run is to go on. */
  public boolean resumes() {
    return resume;
  }

  /** Least time between two checkpoints within an epoch, if there are to be any. */
  public Optional<Duration> checkpointInterval() {
    return Optional.ofNullable(checkpointMinutes)
        .map(minutes -> Duration.ofMillis(Math.round(minutes * 60_000)));
  }

  /** Epochs without a better accuracy after which the run ends, if it is to end early. */
  public Optional<Integer> earlyStopping() {
    return Optional.ofNullable(earlyStopping);
  }

  /** Whether files of an earlier run may be replaced. */
  public boolean mayReplace() {
    return force;
  }
}
