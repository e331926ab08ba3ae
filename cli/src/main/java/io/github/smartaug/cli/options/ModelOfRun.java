package io.github.smartaug.cli.options;

import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code --model}: the folder of a run stands for the file with the model that it trained.
 * The path becomes absolute, so that what a run records leads there from every working directory.
 */
final class ModelOfRun implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    return NamedThings.MODELS.find(text).isPresent()
        ? text
        : folder(text).map(ModelOfRun::trained).orElse(text);
  }

  /** Empty for all that is no folder, such as a name with a spelling mistake. */
  private static Optional<Path> folder(String text) {
    try {
      return Optional.of(text)
          .filter(given -> !given.isBlank())
          .map(Path::of)
          .filter(Files::isDirectory)
          .map(folder -> folder.toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static String trained(Path path) {
    try {
      RunFolder folder = RunFolder.ofRun(path);
      RunFile file = folder.config().model().sha256().isPresent() ? RunFile.TRAINED : RunFile.MODEL;
      folder.requireFile(file);
      return folder.file(file).toString();
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
