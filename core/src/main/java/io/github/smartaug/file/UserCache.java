package io.github.smartaug.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where programs of this user keep what they can make again.
 *
 * @see <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG Base Directory
 *     Specification</a>
 */
public final class UserCache {
  private UserCache() {}

  /** The folder for one kind of things; it need not exist. */
  public static Path folder(String kind) {
    return folder(kind, System.getenv(), System.getProperty("user.home"));
  }

  /** As in that environment, where a relative path counts as none. */
  public static Path folder(String kind, Map<String, String> environment, String home) {
    Path caches =
        absolute(environment.get("XDG_CACHE_HOME")).orElseGet(() -> Path.of(home, ".cache"));
    return caches.resolve("smartaug").resolve(kind);
  }

  private static Optional<Path> absolute(String text) {
    try {
      return Optional.ofNullable(text).map(Path::of).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
