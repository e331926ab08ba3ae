package io.github.smartaug.cli.console;

/** Nothing: for who waits for the result alone. */
final class SilentProgress implements Progress {
  @Override
  public void close() {
    // Nothing is left on the screen.
  }
}
