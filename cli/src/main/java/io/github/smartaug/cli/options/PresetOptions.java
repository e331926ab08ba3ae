package io.github.smartaug.cli.options;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Many options by one name. */
final class PresetOptions {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "original: learn as SmartAug's ancestor did, for comparison. Stands for values of other"
              + " options, which config.json records; options that are given take precedence."
              + " Default: none")
  private Preset preset;

  Optional<Preset> preset() {
    return Optional.ofNullable(preset);
  }
}
