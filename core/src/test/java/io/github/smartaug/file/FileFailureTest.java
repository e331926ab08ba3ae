package io.github.smartaug.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileFailureTest {
  private final IOException tooLong = new FileSystemException("a.png", null, "File name too long");

  @Test
  void failures_are_told_without_names_of_exceptions() {
    assertThat(FileFailure.line(new NoSuchFileException("a.png"))).isEqualTo("there is no a.png");
    assertThat(FileFailure.line(new AccessDeniedException("a.png")))
        .isEqualTo("no permission for a.png");
    assertThat(FileFailure.line(new FileSystemLoopException("a"))).isEqualTo("a loop of links: a");
    assertThat(FileFailure.line(new MalformedInputException(1))).isEqualTo("not a text in UTF-8");
    assertThat(FileFailure.line(new IOException("Stream closed"))).isEqualTo("Stream closed");
  }

  @Test
  void a_reason_of_the_file_system_is_told_with_the_file_in_a_line_of_its_own() {
    assertThat(FileFailure.line(tooLong)).isEqualTo("a.png: File name too long");
    assertThat(FileFailure.reason(tooLong)).isEqualTo("File name too long");
  }

  @Test
  void an_unchecked_failure_has_its_own_words_or_those_of_its_cause() {
    assertThat(FileFailure.line(new UncheckedIOException(tooLong)))
        .isEqualTo("a.png: File name too long");
    assertThat(FileFailure.line(new UncheckedIOException("a.png: the log is full", tooLong)))
        .isEqualTo("a.png: the log is full");
  }
}
