package io.github.smartaug.cli;

import io.github.smartaug.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code smartaug manual}: for who packs the program. */
@Command(
    name = "manual",
    description = "Writes the pages of the manual, one for each command, for man.",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class)
final class ManualCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "Folder of the pages, such as share/man/man1")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(folder);
    for (CommandLine command : ManualPage.withSubcommands(spec.root().commandLine()).toList()) {
      AtomicFile.write(folder.resolve(ManualPage.fileName(command)), ManualPage.of(command));
    }
    return 0;
  }
}
