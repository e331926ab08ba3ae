package io.github.smartaug.cli;

import io.github.smartaug.cli.compare.ComparisonTable;
import io.github.smartaug.run.comparison.ComparedRuns;
import io.github.smartaug.run.comparison.RunComparison;
import io.github.smartaug.run.report.ComparisonPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code smartaug compare}. */
@Command(
    name = "compare",
    description =
        "Sets finished runs beside each other: those that differ by their seeds alone are one row"
            + " with mean and standard deviation, the best first.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  smartaug compare runs/a runs/b",
      "  smartaug compare runs --html compared.html",
    })
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description =
          "The folder of a run, a folder that holds some, or a result file of smart_augmentation")
  private List<Path> runs;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write a page with the curves laid over each other. Default: no file")
  private Path html;

  @Option(names = "--json", description = "Print JSON with every run and epoch, not a table")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    RunComparison comparison = ComparedRuns.read(runs);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(comparison.json());
    } else {
      ComparisonTable.lines(comparison).forEach(out::println);
      comparison.leftOut().forEach(reason -> out.println("left out: " + reason));
    }
    out.flush();
    if (html != null) {
      ComparisonPage.write(html, comparison);
    }
    return 0;
  }
}
