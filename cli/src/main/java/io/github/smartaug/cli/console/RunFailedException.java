package io.github.smartaug.cli.console;

/** A run that began and could not be finished; the message is for the user. */
public final class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Failed because of something else. */
  public RunFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Failed as the message says. */
  public RunFailedException(String message) {
    super(message);
  }
}
