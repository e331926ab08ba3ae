package io.github.smartaug.cli.run;

import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.file.Sha256;
import io.github.smartaug.file.UserCache;
import io.github.smartaug.input.JsonField;
import io.github.smartaug.run.RunJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What earlier runs of this user measured, a file each. A file that cannot be read or written costs
 * another measurement, and nothing else.
 *
 * @param folder need not exist
 */
record ComputationCache(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(ComputationCache.class);

  /** The user's. */
  static ComputationCache ofUser() {
    return of(System.getenv(), System.getProperty("user.home"));
  }

  /** Where the XDG Base Directory Specification has it: a relative path counts as none. */
  static ComputationCache of(Map<String, String> environment, String home) {
    return new ComputationCache(UserCache.folder("computation", environment, home));
  }

  /** What was chosen in such a case. */
  Optional<String> read(String measuredCase) {
    Path file = file(measuredCase);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonField root = JsonField.parse(Files.readAllBytes(file), file.toString());
      return root.field("case").text().equals(measuredCase)
          ? Optional.of(root.field("computation").text())
          : Optional.empty();
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      LOG.debug("{} cannot be read, so it is measured again: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  /** Keeps what was chosen. */
  void write(String measuredCase, String computation) {
    Path file = file(measuredCase);
    try {
      Files.createDirectories(folder);
      AtomicFile.write(
          file, RunJson.document(Map.of("case", measuredCase, "computation", computation)));
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      LOG.debug("{} cannot be written: {}", file, e.getMessage());
    }
  }

  private Path file(String measuredCase) {
    return folder.resolve(Sha256.of(measuredCase) + ".json");
  }
}
