package io.github.smartaug.cli.images;

import io.github.smartaug.cli.console.OneLine;
import io.github.smartaug.cli.console.RunFailedException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The files of a folder that cannot be used: names them as they come, and counts them. */
public final class SkippedFiles {
  private final Path input;
  private final Consumer<String> lines;
  private int count;

  /**
   * No file yet.
   *
   * @param input the folder
   * @param lines is told what there is to say
   */
  public SkippedFiles(Path input, Consumer<String> lines) {
    this.input = input;
    this.lines = lines;
  }

  /** A hidden folder or image, which nobody asked for and which does not count. */
  public void leaveOut(Path hidden) {
    lines.accept("smartaug: left out, hidden: " + OneLine.of(hidden.toString()));
  }

  /**
   * A file that cannot be used.
   *
   * @param reason a line that begins with the file
   */
  public void add(String reason) {
    count++;
    lines.accept("smartaug: skipped: " + OneLine.of(reason));
  }

  /**
   * Checks that there is a result.
   *
   * @param used number of images that were used
   * @throws RunFailedException if none was
   */
  public void requireUsed(int used) {
    if (used == 0) {
      throw new RunFailedException("no image of " + input + " could be used");
    }
  }

  /**
   * Checks that all files were used.
   *
   * @throws RunFailedException if some were skipped
   */
  public void requireNone() {
    if (count > 0) {
      throw new RunFailedException(
          count
              + (count == 1 ? " file was" : " files were")
              + " skipped, as said above (--skip-bad makes that no failure)");
    }
  }
}
