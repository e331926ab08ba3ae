package io.github.smartaug.cli;

import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code smartaug report}. */
@Command(
    name = "report",
    description =
        "Writes report.html into the folder of a run, as training does: a page with all that the run"
            + " found, in one file. For runs of earlier versions, or whose folder was moved.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {"  smartaug report runs/photos"})
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The folder of a run, finished or not")
  private Path run;

  @Override
  public Integer call() throws IOException {
    RunFolder folder = RunFolder.ofRun(run);
    folder.requireWritable();
    RunReport.of(folder, folder.isBeingWritten()).write();
    spec.commandLine().getOut().println("report in " + folder.file(RunFile.REPORT));
    return 0;
  }
}
