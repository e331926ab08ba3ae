package io.github.smartaug.cli.console;

/** How a command says on standard output what goes on. */
public enum OutputStyle {
  /** Words for people: all of it. */
  TEXT,

  /** The last line of the result. */
  QUIET,

  /** A JSON object on each line. */
  JSON
}
