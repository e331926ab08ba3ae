package io.github.smartaug.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code smartaug completion}. */
@Command(
    name = "completion",
    description = {
      "Prints a script that lets bash or zsh complete commands, options and names.",
      "Load it with: source <(smartaug completion)"
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class)
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
    out.flush();
    return 0;
  }
}
