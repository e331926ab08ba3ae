package io.github.smartaug.run;

import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file that the model of a run is from, TorchScript or weights: read where the user has it when
 * the run begins, and from then on as the copy in the run folder.
 *
 * @param path of the file
 * @param sha256 of its content, in hexadecimal digits
 */
public record ModelFile(Path path, String sha256) {
  /**
   * Reads the file once.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public static ModelFile of(Path path) {
    try {
      return new ModelFile(path, Sha256.of(path));
    } catch (IOException e) {
      throw new IllegalArgumentException(path + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  /**
   * Rejects a file that is not the one of the run.
   *
   * @param recorded the model of the run
   * @throws IllegalArgumentException if it is another file, or the model was none
   */
  public void requireUnchanged(RunModel recorded) {
    if (!recorded.sha256().equals(Optional.of(sha256))) {
      throw new IllegalArgumentException(
          "%s: not the model of the run, its SHA-256 is %s, allowed: %s as in %s"
              .formatted(path, sha256, recorded.sha256().orElse("none"), RunFile.CONFIG.path()));
    }
  }

  /** Copies the file as it is. */
  public void copyTo(Path target) throws IOException {
    AtomicFile.write(target, out -> Files.copy(path, out));
  }
}
