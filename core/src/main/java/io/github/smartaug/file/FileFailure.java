package io.github.smartaug.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, in words for people. */
public final class FileFailure {
  private FileFailure() {}

  /** File and reason, as a line of its own. */
  public static String line(IOException failure) {
    // The other reasons name the file themselves.
    return failure instanceof FileSystemException inFileSystem && inFileSystem.getReason() != null
        ? inFileSystem.getFile() + ": " + inFileSystem.getReason()
        : reason(failure);
  }

  /** The words of the exception if it has some of its own, else those for its cause. */
  public static String line(UncheckedIOException failure) {
    IOException cause = failure.getCause();
    return cause.toString().equals(failure.getMessage()) ? line(cause) : failure.getMessage();
  }

  /** The reason alone, such as {@code No space left on device}. */
  public static String reason(IOException failure) {
    if (failure instanceof FileSystemException inFileSystem && inFileSystem.getReason() != null) {
      return inFileSystem.getReason();
    }
    if (failure instanceof AccessDeniedException) {
      return "no permission for " + failure.getMessage();
    }
    if (failure instanceof NoSuchFileException) {
      return "there is no " + failure.getMessage();
    }
    if (failure instanceof FileSystemLoopException) {
      return "a loop of links: " + failure.getMessage();
    }
    if (failure instanceof CharacterCodingException) {
      return "not a text in UTF-8";
    }
    return String.valueOf(failure.getMessage());
  }
}
