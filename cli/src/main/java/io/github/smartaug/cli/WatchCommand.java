package io.github.smartaug.cli;

import io.github.smartaug.cli.watch.ReportServer;
import io.github.smartaug.input.InputRange;
import io.github.smartaug.run.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code smartaug watch}. */
@Command(
    name = "watch",
    description =
        "Serves the report of a run to the browser of this machine, drawn anew as the run goes on."
            + " Nothing is written; Ctrl-C ends it.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {"  smartaug watch runs/photos"})
final class WatchCommand implements Callable<Integer> {
  private static final int LAST_PORT = 65_535;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The folder of a run, finished or not")
  private Path run;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Of this machine; 0 for any that is free. Default: ${DEFAULT-VALUE}")
  private int port = 8765;

  @Override
  public Integer call() throws InterruptedException {
    InputRange.within(0, LAST_PORT, "--port", port);
    RunFolder folder = RunFolder.ofRun(run);
    try (ReportServer server = ReportServer.start(folder, port)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("the report is at " + server.address() + " (Ctrl-C ends it)");
      out.flush();
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
