package io.github.smartaug.cli.options;

/** The values of an option that turns something on or off. */
public enum Switch {
  /** Yes. */
  ON,
  /** No. */
  OFF;

  /** The word of the command line. */
  @Override
  public String toString() {
    return OptionConverters.of(this);
  }
}
