package io.github.smartaug.cli.options;

import io.github.smartaug.data.Datasets;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/**
 * Reads {@code --dataset}: a path becomes absolute, so that what a run records leads to its images
 * from every working directory.
 */
final class DatasetText implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    if (NamedThings.DATASETS.find(text).isPresent()) {
      return text;
    }
    return Datasets.path(text).map(Path::toString).orElse(text);
  }
}
