package io.github.smartaug.cli.options;

/** The option that all commands have which run a model. */
final class DeviceName {
  static final String OPTION = "--device";

  static final String MEANING = "Where to compute: cpu, cuda or cuda:I. Default: ${DEFAULT-VALUE}";

  private DeviceName() {}
}
