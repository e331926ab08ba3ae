package io.github.smartaug.run;

import io.github.smartaug.file.FileFailure;
import io.github.smartaug.file.Sha256;
import io.github.smartaug.input.JsonField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files that a run was told to read, besides images: a set of transforms, a policy, a model.
 *
 * @param hashes SHA-256 of each by the name of its option without hyphens
 */
public record InputFiles(Map<String, String> hashes) {
  /** Copies the map, in its order. */
  public InputFiles {
    hashes = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
  }

  /**
   * Reads every file once.
   *
   * @param byOption paths by the name of their option without hyphens
   * @throws IllegalArgumentException if one cannot be read
   */
  public static InputFiles of(Map<String, Path> byOption) {
    Map<String, String> hashes = new LinkedHashMap<>();
    byOption.forEach((option, file) -> hashes.put(option, hash(option, file)));
    return new InputFiles(hashes);
  }

  /** Runs of earlier versions did not record any. */
  static InputFiles read(JsonField field) {
    return new InputFiles(field.isAbsent() ? Map.of() : field.texts());
  }

  private static String hash(String option, Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--" + option + ": " + file + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  /**
   * Rejects files with another content.
   *
   * @param now paths by option; those that were not recorded are passed over
   * @throws IllegalArgumentException that names option and file
   */
  public void requireUnchanged(Map<String, Path> now) {
    now.forEach(
        (option, file) -> {
          String recorded = hashes.get(option);
          if (recorded != null && !recorded.equals(hash(option, file))) {
            throw new IllegalArgumentException(
                "--%s: %s has changed since the run began, allowed: the file of SHA-256 %s"
                    .formatted(option, file, recorded));
          }
        });
  }
}
