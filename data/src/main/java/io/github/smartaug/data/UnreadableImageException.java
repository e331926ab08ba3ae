package io.github.smartaug.data;

/**
 * An image of a set that is not held in memory can no longer be read as it was when the set was:
 * its file was removed, cut short or replaced meanwhile. The message names the file.
 */
public final class UnreadableImageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnreadableImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
