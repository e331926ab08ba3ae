package io.github.smartaug.cli.options;

import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --split}: the folder of a run stands for the file in which it wrote its split. */
final class SplitOfRun implements ITypeConverter<Path> {
  @Override
  public Path convert(String text) {
    try {
      Path path = PathText.parse(SplitOptions.SPLIT, text);
      if (!Files.isDirectory(path)) {
        return path;
      }
      RunFolder folder = RunFolder.ofRun(path.toAbsolutePath().normalize());
      folder.requireFile(RunFile.SPLIT);
      return folder.file(RunFile.SPLIT);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          e.getMessage().replaceFirst("^" + SplitOptions.SPLIT + ": ", ""));
    }
  }
}
