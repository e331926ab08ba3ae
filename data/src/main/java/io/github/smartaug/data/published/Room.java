package io.github.smartaug.data.published;

import java.io.IOException;
import java.nio.file.FileStore;
import java.util.Locale;

/** Free space on a disk, which is looked at before it is filled. */
final class Room {
  private static final double MEGABYTE = 1e6;

  private Room() {}

  /**
   * Checks that so much is free.
   *
   * @throws Transfer.DiskFailure if it is not
   */
  static void require(FileStore disk, long bytes) throws IOException {
    long free = disk.getUsableSpace();
    if (free < bytes) {
      throw new Transfer.DiskFailure(
          new IOException(
              String.format(
                  Locale.ROOT,
                  "%.1f MB are free on the disk, allowed: at least %.1f MB",
                  free / MEGABYTE,
                  bytes / MEGABYTE)));
    }
  }
}
