package io.github.smartaug.cli.options;

import picocli.CommandLine.Mixin;

/** The options of {@code smartaug benchmark} beside those of training. */
public final class BenchmarkOptions {
  @Mixin(name = "The comparison")
  private final ComparisonOptions comparison = new ComparisonOptions();

  /** What is compared. */
  public ComparisonOptions comparison() {
    return comparison;
  }
}
