package io.github.smartaug.cli.options;

import io.github.smartaug.run.RunFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --model}: the folder of a run stands for the TorchScript model that it trained. */
final class ModelOfRun implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    return NamedThings.MODELS.find(text).isPresent()
        ? text
        : folder(text).map(folder -> trained(text, folder)).orElse(text);
  }

  /** Empty for all that is no folder, such as a name with a spelling mistake. */
  private static Optional<Path> folder(String text) {
    try {
      return Optional.of(Path.of(text)).filter(Files::isDirectory);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static String trained(String text, Path folder) {
    Path file = folder.resolve(RunFile.TRAINED.path());
    if (!Files.isRegularFile(file)) {
      throw new TypeConversionException(
          "\"%s\", without %s, allowed: the folder of a run that trained a TorchScript model"
              .formatted(text, RunFile.TRAINED.path()));
    }
    return file.toString();
  }
}
