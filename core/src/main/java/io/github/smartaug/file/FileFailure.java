package io.github.smartaug.file;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, in words for people. */
public final class FileFailure {
  private FileFailure() {}

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
