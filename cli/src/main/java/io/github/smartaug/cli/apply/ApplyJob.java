package io.github.smartaug.cli.apply;

import io.github.smartaug.cli.images.ArrayImages;
import io.github.smartaug.cli.options.ApplyOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Work that was checked and can begin. */
public sealed interface ApplyJob permits ArrayJob, FolderJob, SingleImageJob {
  /**
   * Reads and checks what can be checked beforehand, and writes nothing; what it reads is in the
   * current scope.
   *
   * @throws IllegalArgumentException if an option or a file is wrong
   */
  static ApplyJob prepare(ApplyOptions options) throws IOException {
    options.check();
    Path input = options.input();
    if (!Files.exists(input)) {
      throw new IllegalArgumentException(input + ": no such file or folder");
    }
    ImageOperation operation = ImageOperation.of(options);
    if (Files.isDirectory(input)) {
      return FolderJob.prepare(options, operation);
    }
    return input.toString().endsWith(ArrayImages.SUFFIX)
        ? ArrayJob.prepare(options, operation)
        : SingleImageJob.prepare(options, operation);
  }

  /**
   * Does the work.
   *
   * @param out for progress and a summary
   * @param err for files that cannot be used
   * @throws IllegalArgumentException if the input is wrong; nothing is written then
   */
  void execute(PrintStream out, PrintStream err) throws IOException;
}
