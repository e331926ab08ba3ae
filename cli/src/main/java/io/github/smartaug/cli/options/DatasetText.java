package io.github.smartaug.cli.options;

import java.io.File;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/**
 * Reads {@code --dataset}: the path of a folder becomes absolute, so that what a run records leads
 * to its images from every working directory.
 */
final class DatasetText implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    if (NamedThings.DATASETS.find(text).isPresent() || !new File(text).isDirectory()) {
      return text;
    }
    return Path.of(text).toAbsolutePath().normalize().toString();
  }
}
