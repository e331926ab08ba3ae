package io.github.smartaug.cli.run;

import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunFolder.EarlierRun;
import io.github.smartaug.run.RunLock;
import io.github.smartaug.run.RunOrigin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where a run of the command line leaves its files; messages name {@code --out}. */
final class OutFolder {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private OutFolder() {}

  /**
   * The folder of a run that begins, checked. Nothing is written.
   *
   * @throws IllegalArgumentException if it cannot take the run
   */
  static RunFolder forNewRun(TrainOptions options, RunOrigin origin, EarlierRun earlierRun) {
    Path path = options.run().out().orElseGet(() -> defaultFolder(options, origin));
    requireFree(path);
    RunFolder folder = check(path, earlierRun);
    try {
      options.data().model().file().ifPresent(folder::requireNotReplaced);
      options.augmentation().inputFiles().values().forEach(folder::requireNotReplaced);
      options.fineTuning().inputFiles().values().forEach(folder::requireNotReplaced);
      options.data().split().inputFiles().values().forEach(folder::requireNotReplaced);
      return folder;
    } catch (IllegalArgumentException e) {
      throw named(e);
    }
  }

  /**
   * Checks that a folder can take a run.
   *
   * @throws IllegalArgumentException if it cannot
   */
  static RunFolder check(Path path, EarlierRun earlierRun) {
    try {
      return RunFolder.check(path, earlierRun);
    } catch (IllegalArgumentException e) {
      boolean notEmpty =
          earlierRun == EarlierRun.KEEP && Files.isDirectory(path) && Files.isWritable(path);
      throw notEmpty
          ? new IllegalArgumentException(
              "--out: " + e.getMessage() + " (--force replaces the files of an earlier run)", e)
          : named(e);
    }
  }

  /**
   * Rejects a folder that a run is writing into at this moment.
   *
   * @throws IllegalArgumentException that says which process does
   */
  static void requireFree(Path path) {
    try {
      RunFolder.requireFree(path);
    } catch (IllegalArgumentException e) {
      throw named(e);
    }
  }

  /**
   * Takes a folder for this process.
   *
   * @throws IllegalArgumentException if another process writes into it, or it cannot be made
   */
  static RunLock lock(RunFolder folder) {
    try {
      return folder.lock();
    } catch (IllegalArgumentException e) {
      throw named(e);
    }
  }

  private static IllegalArgumentException named(IllegalArgumentException e) {
    return new IllegalArgumentException("--out: " + e.getMessage(), e);
  }

  private static Path defaultFolder(TrainOptions options, RunOrigin origin) {
    String dataset = options.data().dataset().replaceFirst("[/\\\\]+$", "");
    String name =
        String.join(
            "-",
            dataset.substring(Math.max(dataset.lastIndexOf('/'), dataset.lastIndexOf('\\')) + 1),
            options.data().model().title(),
            options.augmentation().augmentation().title(),
            TIME.format(LocalDateTime.ofInstant(origin.started(), ZoneId.systemDefault())));
    return Path.of("runs", name);
  }
}
