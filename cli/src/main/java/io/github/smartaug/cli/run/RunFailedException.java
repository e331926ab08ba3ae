package io.github.smartaug.cli.run;

/** A run that began and could not be finished; the message is for the user. */
public final class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RunFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
