package io.github.smartaug.cli;

import io.github.smartaug.cli.options.EvaluationOptions;
import io.github.smartaug.cli.run.EvaluationRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code smartaug evaluate}. */
@Command(
    name = "evaluate",
    description = "Measures the model of a finished run on its test images, or on others.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  smartaug evaluate runs/photos",
      "  smartaug evaluate runs/photos --test-time-augmentation 8 --out photos.json"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private final EvaluationOptions options = new EvaluationOptions();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    new EvaluationRun(options).execute(out);
    out.flush();
    return 0;
  }
}
