package io.github.smartaug.checkpoint;

import io.github.smartaug.file.AtomicFolder;
import io.github.smartaug.file.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run on disk, one folder each, named by epoch and step: {@code
 * epoch-0003-step-00012}. A folder gets its name after it has been written completely. The last two
 * checkpoints are kept, so that one is left if the other is damaged.
 */
public final class CheckpointFolder {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
  private static final String PREFIX = "epoch-";

  private final Path folder;

  /** The last checkpoint that is known to be undamaged. */
  private Optional<Path> intact = Optional.empty();

  /** The checkpoints in a folder. It is created when the first one is written. */
  public CheckpointFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /**
   * Writes a checkpoint and deletes all others, except the one that was written or read last. Does
   * nothing if the checkpoint is the one that was written or read last.
   *
   * @throws UncheckedIOException if it cannot be written; older ones are then left as they are
   */
  public void write(Checkpoint checkpoint) {
    Path target = folder.resolve(name(checkpoint));
    if (intact.equals(Optional.of(target))) {
      return;
    }
    try {
      Files.createDirectories(folder);
      AtomicFolder.write(target, files -> new CheckpointFiles(files).write(checkpoint));
      Optional<Path> previous = intact;
      intact = Optional.of(target);
      for (Path other : entries()) {
        if (!other.equals(target) && !previous.equals(Optional.of(other))) {
          AtomicFolder.delete(other);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          target + ": the checkpoint cannot be written: " + FileFailure.reason(e), e);
    }
  }

  private static String name(Checkpoint checkpoint) {
    return String.format(
        Locale.ROOT, "%s%04d-step-%05d", PREFIX, checkpoint.epoch(), checkpoint.steps());
  }

  /**
   * Reads the last checkpoint. If it is damaged, the log says so and the one before it is read.
   *
   * @return in the caller's scope; empty if there is none
   * @throws IllegalArgumentException if all are damaged, or the format has another version
   */
  public Optional<Checkpoint> readLast() {
    List<Path> newestFirst = checkpoints();
    for (int i = 0; i < newestFirst.size(); i++) {
      try {
        Checkpoint checkpoint = new CheckpointFiles(newestFirst.get(i)).read();
        intact = Optional.of(newestFirst.get(i));
        return Optional.of(checkpoint);
      } catch (CheckpointFiles.DamagedException e) {
        if (i == newestFirst.size() - 1) {
          throw new IllegalArgumentException(e.getMessage(), e);
        }
        LOG.warn("{}; going on from the checkpoint before it", e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** The folder of the last checkpoint, damaged or not. */
  public Optional<Path> last() {
    return checkpoints().stream().findFirst();
  }

  /** Whether there is no checkpoint, not even a damaged one. */
  public boolean isEmpty() {
    return checkpoints().isEmpty();
  }

  /** Deletes all checkpoints. Other files stay. */
  public void clear() throws IOException {
    for (Path entry : entries()) {
      AtomicFolder.delete(entry);
    }
    intact = Optional.empty();
  }

  /** The completely written ones, the last first. */
  private List<Path> checkpoints() {
    try {
      return entries().stream()
          .filter(entry -> !AtomicFolder.isPartial(entry))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(folder + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  /** All checkpoints, and remains of writing that was interrupted. */
  private List<Path> entries() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(
              entry ->
                  AtomicFolder.isPartial(entry)
                      || entry.getFileName().toString().startsWith(PREFIX))
          .toList();
    }
  }
}
