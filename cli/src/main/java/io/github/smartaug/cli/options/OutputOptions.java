package io.github.smartaug.cli.options;

import io.github.smartaug.cli.console.OutputStyle;
import picocli.CommandLine.Option;

/** How much is printed; it changes nothing of what is done. */
public final class OutputOptions {
  @Option(
      names = "--quiet",
      description = "Print nothing but the last line of the result, and errors")
  private boolean quiet;

  @Option(names = "--json", description = "Print JSON for programs, an object on each line")
  private boolean json;

  /**
   * Checks that they go together.
   *
   * @throws IllegalArgumentException if both are given
   */
  public void check() {
    if (quiet && json) {
      throw new IllegalArgumentException("--json: given with --quiet, allowed: one of them");
    }
  }

  /** What was asked for. */
  public OutputStyle style() {
    if (json) {
      return OutputStyle.JSON;
    }
    return quiet ? OutputStyle.QUIET : OutputStyle.TEXT;
  }
}
