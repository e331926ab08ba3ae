package io.github.smartaug.cli;

import io.github.smartaug.run.Versions;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionLines implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"smartaug " + Versions.smartAug()};
  }
}
