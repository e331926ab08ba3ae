package io.github.smartaug.run;

import io.github.smartaug.checkpoint.CheckpointFolder;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where a run leaves its files. */
public final class RunFolder {
  /** What becomes of the files of an earlier run. */
  public enum EarlierRun {
    /** They stay: the folder must be empty. */
    KEEP,
    /** They are replaced; files that are not a run's stay. */
    REPLACE
  }

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /**
   * Checks that a folder can take a run. Nothing is written.
   *
   * @throws IllegalArgumentException if it is not empty, is no folder, or cannot be written
   */
  public static RunFolder check(Path path, EarlierRun earlierRun) {
    RunFolder folder = new RunFolder(path);
    if (Files.isDirectory(path)) {
      requireWritable(path, path);
      if (earlierRun == EarlierRun.KEEP) {
        folder.requireEmpty();
      } else {
        folder.requireReplaceable();
      }
    } else if (Files.exists(path)) {
      throw new IllegalArgumentException(path + ": a file, allowed: a folder");
    } else {
      requireWritable(path, nearestExisting(path));
    }
    return folder;
  }

  /**
   * The folder of a run that began; whether it can be written is not checked.
   *
   * @throws IllegalArgumentException if there is no such folder, or it is not that of a run
   */
  public static RunFolder ofRun(Path path) {
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException(path + ": no such folder, allowed: the folder of a run");
    }
    RunFolder folder = new RunFolder(path);
    if (!Files.isRegularFile(folder.file(RunFile.CONFIG))) {
      throw new IllegalArgumentException(
          path + ": holds no run of SmartAug, " + RunFile.CONFIG.path() + " is missing");
    }
    return folder;
  }

  /**
   * Whether a run that began in a folder was ended before it had saved anything, or none began: the
   * folder is missing, empty, or holds nothing but what a run writes first.
   *
   * @throws IllegalArgumentException if the folder cannot be read
   */
  public static boolean isUnsaved(Path path) {
    if (!Files.exists(path)) {
      return true;
    }
    if (!Files.isDirectory(path)) {
      return false;
    }
    return UnsavedRun.isAllOf(new RunFolder(path));
  }

  /**
   * Rejects a folder that a run is writing into at this moment.
   *
   * @throws IllegalArgumentException that says which process does, and since when
   */
  public static void requireFree(Path path) {
    try {
      if (Files.isDirectory(path)) {
        RunLock.requireFree(path);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(path + ": cannot be written: " + FileFailure.reason(e), e);
    }
  }

  /** Whether a run is writing into the folder at this moment. */
  public boolean isBeingWritten() {
    try {
      RunLock.requireFree(path);
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    } catch (IOException e) {
      // A folder that may be read and not written, such as that of somebody else.
      return false;
    }
  }

  /**
   * Takes the folder for this process alone, and makes it if it is not there.
   *
   * @return to be closed when nothing more will be written
   * @throws IllegalArgumentException if another process writes into it, or the operating system
   *     refuses
   */
  public RunLock lock() {
    try {
      Files.createDirectories(path);
      return RunLock.take(path);
    } catch (IOException e) {
      throw new IllegalArgumentException(path + ": cannot be made: " + FileFailure.reason(e), e);
    }
  }

  /**
   * Rejects a folder without that file.
   *
   * @throws IllegalArgumentException if it is missing
   */
  public void requireFile(RunFile file) {
    if (!Files.isRegularFile(file(file))) {
      throw new IllegalArgumentException(
          path + ": the run is incomplete, " + file.path() + " is missing");
    }
  }

  /**
   * Rejects a folder whose split is not the one that its run has recorded.
   *
   * @param recorded with a hash of the split
   * @throws IllegalArgumentException if the file is missing, cannot be read, or has changed
   */
  public void requireSplit(RunData recorded) {
    requireFile(RunFile.SPLIT);
    Path file = file(RunFile.SPLIT);
    try {
      if (!Sha256.of(file).equals(recorded.splitHash().orElseThrow())) {
        throw new IllegalArgumentException(
            file + ": has changed since the run began, allowed: the file that the run wrote");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  /**
   * Rejects a folder that cannot be written.
   *
   * @throws IllegalArgumentException if the operating system refuses
   */
  public void requireWritable() {
    requireWritable(path, path);
  }

  private void requireEmpty() {
    try (Stream<Path> entries = Files.list(path)) {
      if (entries.anyMatch(entry -> !entry.endsWith(RunLock.FILE))) {
        throw new IllegalArgumentException(path + ": not empty, allowed: an empty or new folder");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(path + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  private void requireReplaceable() {
    for (RunFile file : RunFile.values()) {
      Path target = file(file);
      Path parent = Objects.requireNonNull(target.getParent());
      if (Files.exists(parent) && !Files.isDirectory(parent)) {
        throw new IllegalArgumentException(parent + ": a file, allowed: a folder");
      }
      if (Files.exists(target) && Files.isDirectory(target) != file.isFolder()) {
        throw new IllegalArgumentException(
            target + ": not the " + file.kind() + " of a run, allowed: a new folder");
      }
    }
  }

  /**
   * Rejects a file to be read that is one of those which the run replaces.
   *
   * @throws IllegalArgumentException if it is
   */
  public void requireNotReplaced(Path source) {
    Path absolute = source.toAbsolutePath().normalize();
    for (RunFile file : RunFile.values()) {
      if (absolute.equals(file(file).toAbsolutePath().normalize())) {
        throw new IllegalArgumentException(
            path + ": holds " + source + ", which the run needs, allowed: a new folder");
      }
    }
  }

  /** Whether the run came to its end. */
  public boolean isFinished() {
    return Files.exists(file(RunFile.RESULT));
  }

  /**
   * What the run in this folder is.
   *
   * @throws IllegalArgumentException as {@link RunConfig#read}
   */
  public RunConfig config() {
    return RunConfig.read(file(RunFile.CONFIG));
  }

  /**
   * The log of the run so far.
   *
   * @throws IllegalArgumentException as {@link RunLog#read}
   */
  public RunLog log() {
    return RunLog.read(file(RunFile.LOG));
  }

  /**
   * The result of a finished run.
   *
   * @throws IllegalArgumentException as {@link RunResult#read}
   */
  public RunResult result() {
    return RunResult.read(file(RunFile.RESULT));
  }

  /** The saved states of the run. */
  public CheckpointFolder checkpoints() {
    return new CheckpointFolder(file(RunFile.CHECKPOINT));
  }

  /** The saved states of its refit. */
  public CheckpointFolder refitCheckpoints() {
    return new CheckpointFolder(file(RunFile.REFIT_CHECKPOINT));
  }

  private static Path nearestExisting(Path path) {
    Path candidate = path.toAbsolutePath().normalize();
    while (!Files.exists(candidate)) {
      candidate = Objects.requireNonNull(candidate.getParent(), "the root always exists");
    }
    return candidate;
  }

  private static void requireWritable(Path wanted, Path existing) {
    if (!Files.isDirectory(existing)) {
      throw new IllegalArgumentException(
          wanted + ": cannot be made, " + existing + " is a file, allowed: a folder");
    }
    if (!Files.isWritable(existing)) {
      throw new IllegalArgumentException(
          wanted + ": cannot be written, no permission for " + existing);
    }
  }

  /**
   * Makes the folder with its subfolders, without any file of an earlier run.
   *
   * @throws IllegalArgumentException if the operating system refuses
   */
  public void create() {
    try {
      Files.createDirectories(path);
      checkpoints().clear();
      refitCheckpoints().clear();
      for (RunFile file : RunFile.values()) {
        if (!file.isFolder()) {
          Files.deleteIfExists(file(file));
        }
      }
      deleteTemporaryFiles();
      createSubfolders();
    } catch (IOException e) {
      throw new IllegalArgumentException(path + ": cannot be made: " + FileFailure.reason(e), e);
    }
  }

  /** What a process left that was killed while it wrote. Others may not be writing now. */
  void deleteTemporaryFiles() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      for (Path entry : entries.filter(AtomicFile::isTemporary).toList()) {
        Files.deleteIfExists(entry);
      }
    }
  }

  /** Makes the subfolders that are not there. */
  public void createSubfolders() throws IOException {
    for (RunFile file : RunFile.values()) {
      Files.createDirectories(Objects.requireNonNull(file(file).getParent()));
    }
  }

  /** Removes subfolders that stayed empty, because not every run has every file. */
  public void removeEmptySubfolders() throws IOException {
    for (RunFile file : RunFile.values()) {
      Path parent = Objects.requireNonNull(file(file).getParent());
      if (!parent.equals(path) && Files.isDirectory(parent) && isEmpty(parent)) {
        Files.delete(parent);
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  /** The files that are there. */
  public List<RunFile> present() {
    return Arrays.stream(RunFile.values()).filter(file -> Files.exists(file(file))).toList();
  }

  /** Where a file is, or will be. */
  public Path file(RunFile file) {
    return path.resolve(file.path());
  }

  /** The folder itself. */
  public Path path() {
    return path;
  }
}
