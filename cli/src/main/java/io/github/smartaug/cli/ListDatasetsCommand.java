package io.github.smartaug.cli;

import io.github.smartaug.cli.datasets.DatasetList;
import io.github.smartaug.cli.options.FetchOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code smartaug datasets list}. */
@Command(
    name = "list",
    description = {
      "Lists the published data sets that smartaug datasets fetch downloads.",
      "Images are those for training, validation (if there are some) and test."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    sortOptions = false)
final class ListDatasetsCommand implements Callable<Integer> {
  @Option(
      names = "--in",
      paramLabel = "FOLDER",
      description = "The folder around those that are here already. Default: ${DEFAULT-VALUE}")
  private Path folder = Path.of(FetchOptions.FOLDER);

  @Option(names = "--json", description = "Print a JSON array in place of the table")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    DatasetList list = new DatasetList(folder);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? list.json() : list.table());
    out.flush();
    return 0;
  }
}
