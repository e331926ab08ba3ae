package io.github.smartaug.cli.options;

import io.github.smartaug.run.RunFile;
import java.io.File;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --model}: the folder of a run stands for the TorchScript model that it trained. */
final class ModelOfRun implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    File folder = new File(text);
    if (NamedThings.MODELS.find(text).isPresent() || !folder.isDirectory()) {
      return text;
    }
    File file = new File(folder, RunFile.TRAINED.path());
    if (!file.isFile()) {
      throw new TypeConversionException(
          "\"%s\", without %s, allowed: the folder of a run that trained a TorchScript model"
              .formatted(text, RunFile.TRAINED.path()));
    }
    return file.getPath();
  }
}
