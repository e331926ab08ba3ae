package io.github.smartaug.cli;

import io.github.smartaug.file.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;

/** What went wrong, in words for people. */
final class MessageText {
  private MessageText() {}

  /** The words for an exception that was not written for people. */
  static String of(Exception error) {
    if (error instanceof UncheckedIOException unchecked) {
      return of(unchecked.getCause());
    }
    if (error instanceof FileSystemException inFileSystem && inFileSystem.getReason() != null) {
      return inFileSystem.getFile() + ": " + inFileSystem.getReason();
    }
    if (error instanceof IOException failure) {
      return FileFailure.reason(failure);
    }
    return "failed unexpectedly, --verbose shows where: " + error.getMessage();
  }
}
