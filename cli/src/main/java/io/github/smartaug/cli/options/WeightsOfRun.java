package io.github.smartaug.cli.options;

import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --pretrained}: the folder of a run stands for the weights that it trained. */
final class WeightsOfRun implements ITypeConverter<Path> {
  @Override
  public Path convert(String text) {
    try {
      Path path = PathText.parse(FineTuningOptions.PRETRAINED, text);
      if (!Files.isDirectory(path)) {
        return path;
      }
      RunFolder folder = RunFolder.ofRun(path.toAbsolutePath().normalize());
      folder.requireFile(RunFile.MODEL);
      return folder.file(RunFile.MODEL);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          e.getMessage().replaceFirst("^" + FineTuningOptions.PRETRAINED + ": ", ""));
    }
  }
}
