package io.github.smartaug.data.published;

import java.net.URI;
import java.util.List;

/**
 * A file that can be downloaded.
 *
 * @param name that it gets here
 * @param bytes its size; 0 if that is not published
 * @param checksum that it must have
 * @param addresses of the maker, and of mirrors, in the order in which they are tried
 */
public record PublishedFile(String name, long bytes, Checksum checksum, List<URI> addresses) {
  /** Checks the parts. */
  public PublishedFile {
    addresses = List.copyOf(addresses);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "file name: \"" + name + "\", allowed: letters, digits, dots, hyphens, underscores");
    }
    if (bytes < 0 || addresses.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %d bytes from %d addresses, allowed: at least 0, from at least one"
              .formatted(name, bytes, addresses.size()));
    }
  }
}
